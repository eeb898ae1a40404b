package dev.unroll.vector.inference;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.CacheIndex;
import dev.unroll.backend.Inference;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.View;
import dev.unroll.backend.WeightStorage;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.base.LaneSums;
import dev.unroll.vector.base.PlainLoops;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.gemm.CompactPanels;
import dev.unroll.vector.gemm.Gemm;
import dev.unroll.vector.gemm.GemmScratch;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.PanelProduct;
import dev.unroll.vector.gemm.Panels;
import dev.unroll.vector.gemm.PlainGemm;
import dev.unroll.vector.gemm.RowBlocks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decoding's operations; weights are packed once and for all.
 *
 * @param workers the threads that share the work
 * @param reference for weights that were fixed before this backend was found
 * @param plain without vectors, to the same bits
 */
public record VectorInference(Workers workers, Inference reference, boolean plain)
        implements Inference {
    /** Multiplications below which a second thread costs more than it brings. */
    private static final long WORTH_THREADS = 1 << 18;

    /**
     * From so many rows on, plain loops share rows among threads rather than columns: they need
     * long rows.
     */
    private static final int ENOUGH_ROWS = 16;

    /** Panels that are worth a thread. */
    private static final int LEAST_PANELS = 4;

    /** Multiplications of attention, and logits, that are worth a thread. */
    private static final int LEAST = 1 << 15;

    @Override
    public FixedWeights fix(View weights, WeightStorage storage) {
        return PackedOperand.of(workers, Matrix.of(weights, 0), storage, plain);
    }

    @Override
    public void multiply(View x, FixedWeights weights, @Nullable View bias, View y) {
        if (!(weights instanceof PackedOperand packed)) {
            reference.multiply(x, weights, bias, y); // fixed before this backend was found
            return;
        }
        int columns = packed.out();
        long work = (long) x.dim(0) * packed.in() * columns;
        Workers.Range range =
                switch (packed.panels()) {
                    case Panels panels -> (left, right) -> columns(x, panels, bias, y, left, right);
                    case CompactPanels panels -> compact(x, panels, bias, y);
                };
        if (work < WORTH_THREADS) {
            range.run(0, columns);
            return;
        }
        if (plain && x.dim(0) >= ENOUGH_ROWS && packed.panels() instanceof Panels panels) {
            workers.ranges(
                    x.dim(0),
                    ENOUGH_ROWS / 2,
                    (from, to) ->
                            columns(
                                    some(x, from, to),
                                    panels,
                                    bias,
                                    some(y, from, to),
                                    0,
                                    columns));
            return;
        }
        workers.ranges(
                (columns + COLUMNS - 1) / COLUMNS,
                LEAST_PANELS,
                (from, to) -> range.run(from * COLUMNS, Math.min(columns, to * COLUMNS)));
    }

    /** Rows [from, to). */
    private static View some(View x, int from, int to) {
        int at = x.offset() + from * x.strides()[0];
        return new View(x.buffer(), at, new int[] {to - from, x.dim(1)}, x.strides());
    }

    /** Computes columns of y from weights that take less memory. */
    private Workers.Range compact(View x, CompactPanels panels, @Nullable View bias, View y) {
        int rows = x.dim(0);
        float[] first = bias == null ? null : floats(bias.buffer());
        int firstAt = bias == null ? 0 : bias.offset();
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        if (plain) {
            Matrix a = new Matrix(in, x.offset(), rows, x.dim(1), x.strides()[0], 1);
            Matrix c = new Matrix(out, y.offset(), rows, y.dim(1), y.strides()[0], 1);
            return (left, right) -> panels.plain(a, first, firstAt, c, left, right);
        }
        ArrayBuffer room = Workspace.allocate(RowBlocks.size(rows, x.dim(1)));
        RowBlocks a = RowBlocks.blocks(floats(room), 0, rows);
        for (int i = 0; i < rows; i++) {
            a.put(i, in, x.offset() + i * x.strides()[0], x.dim(1));
        }
        RowBlocks c = RowBlocks.whole(out, y.offset(), y.strides()[0]);
        PanelProduct product = new PanelProduct(a, panels, first, firstAt, c);
        return (left, right) -> product.rectangle(0, rows, left, right);
    }

    /** Columns [left, right) of y. */
    private void columns(View x, Panels panels, @Nullable View bias, View y, int left, int right) {
        float[] out = floats(y.buffer());
        int rows = x.dim(0);
        for (int i = 0; i < rows; i++) {
            int to = y.offset() + i * y.strides()[0] + left;
            if (bias == null) {
                Arrays.fill(out, to, to + right - left, 0);
            } else {
                int from = bias.offset() + left;
                System.arraycopy(floats(bias.buffer()), from, out, to, right - left);
            }
        }
        Matrix a = new Matrix(floats(x.buffer()), x.offset(), rows, x.dim(1), x.strides()[0], 1);
        Matrix c = new Matrix(out, y.offset(), rows, y.dim(1), y.strides()[0], 1);
        if (plain) {
            PlainGemm.add(a, panels, c, left, right);
        } else if (rows == 1) {
            float[] tile = GemmScratch.own().tile;
            Gemv.times(a.data(), a.at(), panels, out, y.offset(), left, right, tile);
        } else {
            Matrix b = new Matrix(panels.data(), 0, panels.rows(), panels.columns(), 0, 0);
            new Gemm(a, b, panels, c, true).rectangle(0, rows, left, right);
        }
    }

    @Override
    public void attend(CacheIndex keys, AttentionHeads heads, QueryKeyValue x, View y) {
        int queries = keys.queries();
        if (queries == 0) {
            return;
        }
        int width = heads.width() * heads.heads();
        int each = Math.max(1, keys.rows().length / queries * width);
        SingleQueryAttention attention = new SingleQueryAttention(keys, heads, x, y, plain);
        workers.ranges(queries, Math.max(1, LEAST / each), attention::attend);
    }

    @Override
    public void largest(View logits, int count, float[] logs, int[] tokens) {
        int n = logits.dim(1);
        workers.ranges(
                logits.dim(0),
                Math.max(1, LEAST / Math.max(1, n)),
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int at = logits.offset() + i * logits.strides()[0];
                        largest(floats(logits.buffer()), at, n, count, logs, i * count, tokens);
                    }
                });
    }

    private void largest(float[] x, int at, int n, int count, float[] logs, int to, int[] tokens) {
        float peak = plain ? PlainLoops.peak(x, at, n) : LaneSums.peak(x, at, n);
        float sum = plain ? PlainLoops.sumExp(x, at, n, peak) : LaneSums.sumExp(x, at, n, peak);
        float log = (float) Math.log(sum);
        int found;
        if (count == 1) {
            int first = TopKLoops.first(x, at, n, peak, plain);
            found = first < 0 ? 0 : 1;
            tokens[to] = Math.max(0, first);
            logs[to] = peak;
        } else {
            found = TopKLoops.find(x, at, n, count, logs, to, tokens, to, plain);
        }
        for (int rank = 0; rank < count; rank++) {
            logs[to + rank] =
                    rank < found
                            ? logs[to + rank] - peak - log
                            : Float.NEGATIVE_INFINITY - peak - log;
        }
        fill(tokens, to, found, count);
    }

    /** Ranks that no number took get the tokens that are left, the smallest first. */
    private static void fill(int[] tokens, int to, int found, int count) {
        int token = 0;
        for (int rank = found; rank < count; token++) {
            boolean taken = false;
            for (int r = 0; r < rank; r++) {
                taken |= tokens[to + r] == token;
            }
            if (!taken) {
                tokens[to + rank++] = token;
            }
        }
    }
}
