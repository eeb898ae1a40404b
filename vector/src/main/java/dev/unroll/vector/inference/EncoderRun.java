package dev.unroll.vector.inference;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.EncoderStack;
import dev.unroll.backend.EncoderStack.Layer;
import dev.unroll.backend.EncoderStack.Norm;
import dev.unroll.backend.EncoderStack.Product;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.Unary;
import dev.unroll.backend.View;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.attention.VectorAttention;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.elementwise.NormLoops;
import dev.unroll.vector.elementwise.UnaryLoops;
import dev.unroll.vector.gemm.PanelProduct;
import dev.unroll.vector.gemm.RowBlocks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers of an encoder in one piece of work: phases that all threads go through together, so that
 * they meet six times a layer for less than a microsecond, and are woken once a call. A phase cuts
 * its result into rectangles of rows and columns, or attention into heads; every number is computed
 * as the single operations compute it.
 *
 * <p>What a product reads lies in blocks ({@link RowBlocks}), so that nothing is packed between the
 * products; bias and activation follow a product where its result is still near.
 */
final class EncoderRun implements Workers.Phases {
    /** Phases of a layer. */
    private static final int PHASES = 7;

    /** Parts of a phase for each thread: one that is held up keeps nobody waiting for long. */
    private static final int SHARES = 3;

    /**
     * Rows of a part at most. Each part reads the weights, which no cache holds, at least once; 256
     * tokens are one part.
     */
    private static final int ROWS = 264;

    /** Fewest columns of a part. */
    private static final int LEAST_COLUMNS = 2 * COLUMNS;

    private final EncoderStack stack;
    private final int threads;
    private final int rows;
    private final int width;
    private final float[] h; // [rows, width], the residual stream
    private final int hAt;
    private final View x;
    private final float[] data;
    private final ArrayBuffer buffer;
    private final RowBlocks input; // [rows, width], what the next product reads
    private final RowBlocks attended; // [rows, heads·dv]
    private final RowBlocks inside; // [rows, inside]
    private final RowBlocks sum; // [rows, width], the result of a part of a layer
    private final int qkvAt; // [rows, query + key + value]
    private final int qkvStep;
    private final View logSums; // [rows, heads]

    EncoderRun(EncoderStack stack, View x, View y, int threads) {
        this.stack = stack;
        this.x = x;
        this.threads = threads;
        rows = x.dim(0);
        width = x.dim(1);
        h = floats(y.buffer());
        hAt = y.offset();
        AttentionShape shape = stack.attention();
        int values = shape.heads() * shape.valueWidth();
        int most = stack.layers().stream().mapToInt(l -> l.in().weights().out()).max().orElse(0);
        qkvStep =
                shape.heads() * shape.width()
                        + shape.keyHeads() * (shape.width() + shape.valueWidth());
        int inputSize = RowBlocks.size(rows, width);
        int attendedSize = RowBlocks.size(rows, values);
        int insideSize = RowBlocks.size(rows, most);
        int at = inputSize + attendedSize + insideSize;
        int sumAt = at;
        qkvAt = sumAt + rows * width;
        int logsAt = qkvAt + rows * qkvStep;
        buffer = Workspace.allocate(logsAt + rows * shape.heads());
        data = floats(buffer);
        input = RowBlocks.blocks(data, 0, rows);
        attended = RowBlocks.blocks(data, inputSize, rows);
        inside = RowBlocks.blocks(data, inputSize + attendedSize, rows);
        sum = RowBlocks.whole(data, sumAt, width);
        logSums = view(logsAt, shape.heads(), shape.heads());
    }

    /** Whether a stack can go this way: its weights are panels, and no head lies in two blocks. */
    static boolean fits(EncoderStack stack) {
        AttentionShape shape = stack.attention();
        boolean fits =
                shape.heads() == shape.keyHeads() && RowBlocks.COLUMNS % shape.valueWidth() == 0;
        for (Layer l : stack.layers()) {
            for (Product product :
                    List.of(l.query(), l.key(), l.value(), l.output(), l.in(), l.out())) {
                fits &= product.weights() instanceof PackedOperand;
            }
        }
        return fits;
    }

    void run(Workers workers) {
        workers.phases(1 + PHASES * stack.layers().size(), this);
        Workspace.release(buffer);
    }

    private View view(int at, int columns, int step) {
        return new View(buffer, at, new int[] {rows, columns}, new int[] {step, 1});
    }

    @Override
    public int parts(int phase) {
        if (phase == 0) {
            return rowParts();
        }
        Layer layer = stack.layers().get((phase - 1) / PHASES);
        return switch ((phase - 1) % PHASES) {
            case 0 -> down() * across(qkvStep);
            case 1 -> Math.min(pairs(), threads * 4 * SHARES);
            case 2 -> down() * across(width);
            case 4 -> down() * across(layer.in().weights().out());
            case 5 -> down() * across(width);
            default -> rowParts();
        };
    }

    @Override
    public void run(int phase, int part) {
        if (phase == 0) {
            begin(part);
            return;
        }
        int index = (phase - 1) / PHASES;
        Layer layer = stack.layers().get(index);
        switch ((phase - 1) % PHASES) {
            case 0 -> queriesKeysValues(layer, part);
            case 1 -> attend(part);
            case 2 -> product(layer.output(), attended, sum, width, part, null);
            case 3 -> end(stack.preNorm() ? layer.feedForwardNorm() : layer.attentionNorm(), part);
            case 4 ->
                    product(
                            layer.in(),
                            input,
                            inside,
                            layer.in().weights().out(),
                            part,
                            layer.function());
            case 5 -> product(layer.out(), inside, sum, width, part, null);
            default -> {
                boolean last = index == stack.layers().size() - 1;
                Norm after = last ? null : stack.layers().get(index + 1).attentionNorm();
                end(stack.preNorm() ? after : layer.feedForwardNorm(), part);
            }
        }
    }

    private int rowParts() {
        return Math.min(rows, SHARES * threads);
    }

    private int pairs() {
        return stack.attention().batch() * stack.attention().keyHeads();
    }

    /** Parts of a product below each other. */
    private int down() {
        return (rows + ROWS - 1) / ROWS;
    }

    /** Parts of a product beside each other. */
    private int across(int columns) {
        int wanted = (SHARES * threads + down() - 1) / Math.max(1, down());
        return threads == 1 ? 1 : Math.clamp(columns / LEAST_COLUMNS, 1, wanted);
    }

    /** First row of a part of the rows. */
    private int row(int part, int parts) {
        return (int) ((long) rows * part / parts);
    }

    /** The first input: x, or its norm where norms come first. */
    private void begin(int part) {
        float[] from = floats(x.buffer());
        int parts = rowParts();
        List<Layer> layers = stack.layers();
        for (int i = row(part, parts); i < row(part + 1, parts); i++) {
            System.arraycopy(from, x.offset() + i * width, h, hAt + i * width, width);
            if (!layers.isEmpty()) {
                input(i, stack.preNorm() ? layers.getFirst().attentionNorm() : null);
            }
        }
    }

    /** A row of the next product's input: that of h, or its norm. */
    private void input(int i, @Nullable Norm norm) {
        int at = hAt + i * width;
        if (norm == null) {
            input.put(i, h, at, width);
            return;
        }
        int to = sum.index(i, 0);
        norm(norm, h, at, data, to);
        input.put(i, data, to, width);
    }

    private void norm(Norm norm, float[] from, int at, float[] y, int to) {
        float[] gain = floats(norm.gain().buffer());
        float[] bias = floats(norm.bias().buffer());
        NormLoops.layer(
                from,
                at,
                gain,
                norm.gain().offset(),
                bias,
                norm.bias().offset(),
                norm.epsilon(),
                y,
                to,
                width);
    }

    /** Rows at the end of a part of a layer: the sum with the residual stream, and its norm. */
    private void end(@Nullable Norm norm, int part) {
        int parts = rowParts();
        for (int i = row(part, parts); i < row(part + 1, parts); i++) {
            int at = hAt + i * width;
            NormLoops.add(h, at, data, sum.index(i, 0), width);
            if (stack.preNorm()) {
                if (norm != null) {
                    input(i, norm);
                }
            } else if (norm != null) {
                norm(norm, h, at, h, at);
                input(i, null);
            }
        }
    }

    private void queriesKeysValues(Layer layer, int part) {
        int across = across(qkvStep);
        int left = column(part % across, across, qkvStep);
        int right = column(part % across + 1, across, qkvStep);
        int at = 0;
        for (Product product : List.of(layer.query(), layer.key(), layer.value())) {
            int columns = product.weights().out();
            int from = Math.max(0, left - at);
            int to = Math.min(columns, right - at);
            // a panel that begins left of a cut belongs to the part on the left
            from = (from + COLUMNS - 1) / COLUMNS * COLUMNS;
            to = to == columns ? columns : (to + COLUMNS - 1) / COLUMNS * COLUMNS;
            if (from < Math.min(to, columns)) {
                RowBlocks c = RowBlocks.whole(data, qkvAt + at, qkvStep);
                multiply(product, input, c, part / across, from, Math.min(to, columns));
            }
            at += columns;
        }
    }

    private void attend(int part) {
        AttentionShape shape = stack.attention();
        int queries = shape.heads() * shape.width();
        int keys = shape.keyHeads() * shape.width();
        int values = shape.keyHeads() * shape.valueWidth();
        QueryKeyValue qkv =
                new QueryKeyValue(
                        view(qkvAt, queries, qkvStep),
                        view(qkvAt + queries, keys, qkvStep),
                        view(qkvAt + queries + keys, values, qkvStep));
        int parts = Math.min(pairs(), threads * 4 * SHARES);
        int end = (int) ((long) pairs() * (part + 1) / parts);
        for (int i = (int) ((long) pairs() * part / parts); i < end; i++) {
            int column = i % shape.keyHeads() * shape.valueWidth();
            int block = column / RowBlocks.COLUMNS;
            int at = attended.index(0, block * RowBlocks.COLUMNS) - block * RowBlocks.COLUMNS;
            View y = view(at, values, RowBlocks.COLUMNS);
            VectorAttention.attend(shape, qkv, y, logSums, i, i + 1);
        }
    }

    /** A part of a product. */
    private void product(
            Product product,
            RowBlocks a,
            RowBlocks c,
            int columns,
            int part,
            @Nullable Unary function) {
        int across = across(columns);
        int left = column(part % across, across, columns);
        int right = column(part % across + 1, across, columns);
        multiply(product, a, c, part / across, left, right);
        if (function != null) {
            apply(function, c, part / across, left, right);
        }
    }

    private void multiply(Product product, RowBlocks a, RowBlocks c, int row, int left, int right) {
        View bias = product.bias();
        new PanelProduct(
                        a,
                        ((PackedOperand) product.weights()).panels(),
                        bias == null ? null : floats(bias.buffer()),
                        bias == null ? 0 : bias.offset(),
                        c)
                .rectangle(top(row), top(row + 1), left, right);
    }

    private void apply(Unary function, RowBlocks c, int row, int left, int right) {
        for (int i = top(row); i < top(row + 1); i++) {
            for (int j = left; j < right; ) {
                int end = Math.min(right, (j / RowBlocks.COLUMNS + 1) * RowBlocks.COLUMNS);
                int at = c.index(i, j);
                UnaryLoops.run(function, c.data(), at, c.data(), at, end - j);
                j = end;
            }
        }
    }

    /** First row of a part of a product: rows in equal shares, in whole tiles. */
    private int top(int row) {
        return row == down() ? rows : (int) ((long) rows * row / down()) / 12 * 12;
    }

    /** First column of a part of a product: a multiple of a panel's width. */
    private static int column(int part, int parts, int columns) {
        int panels = (columns + COLUMNS - 1) / COLUMNS;
        return Math.min(columns, (int) ((long) panels * part / parts) * COLUMNS);
    }
}
