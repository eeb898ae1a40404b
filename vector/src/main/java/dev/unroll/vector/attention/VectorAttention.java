package dev.unroll.vector.attention;

import dev.unroll.backend.Attention;
import dev.unroll.backend.AttentionDropout;
import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.View;
import dev.unroll.vector.base.StridedCopy;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.elementwise.DropoutLoop;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.SmallGemm;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Attention, one (sequence, key head) after another on each thread, a tile of queries at a time.
 * Weights exist only for a tile, in arrays of the thread; the backward pass computes them again
 * from the kept sums. 4·to·from·width FLOPs forward and 10·to·from·width backward for a head, and
 * an exponential a weight each way; queries, keys and values are read once or twice.
 *
 * <p>Weights lie with queries along the vectors: keys are then multiplied from where they are, only
 * the tile's queries are turned, and no sum of the softmax goes across lanes. Turned keys with keys
 * along the vectors took 3 to 5 times as long on sequences of 16.
 */
public final class VectorAttention implements Attention {
    /** Shares of the work for each thread, so that one that is held up keeps nobody waiting. */
    private static final int SHARES = 16;

    private final Workers workers;
    private final boolean plain;

    /**
     * Makes the operations.
     *
     * @param workers the threads that share the work
     * @param plain without vectors, to the same bits; the derivative has no such loops
     */
    public VectorAttention(Workers workers, boolean plain) {
        this.workers = workers;
        this.plain = plain;
    }

    /** A sequence and a head of its keys. */
    @FunctionalInterface
    private interface Part {
        void run(int sequence, int keyHead);
    }

    private void parts(AttentionShape shape, Part part) {
        int parts = shape.batch() * shape.keyHeads();
        int shares = Math.min(parts, workers.threads() * SHARES);
        workers.run(
                shares,
                share -> {
                    int end = (int) ((long) parts * (share + 1) / shares);
                    for (int i = (int) ((long) parts * share / shares); i < end; i++) {
                        part.run(i / shape.keyHeads(), i % shape.keyHeads());
                    }
                });
    }

    @Override
    public void attend(AttentionShape shape, QueryKeyValue x, View y, View logSums) {
        Consumer<AttentionTile> work = tile -> forward(tile, x, y, logSums, plain);
        parts(shape, (s, keyHead) -> AttentionTile.each(shape, s, keyHead, work));
    }

    /**
     * Some of the pairs of a sequence and a head of its keys, on this thread.
     *
     * @param from first pair: sequence · key heads + key head
     * @param to end of the pairs
     */
    public static void attend(
            AttentionShape shape, QueryKeyValue x, View y, View logSums, int from, int to) {
        Consumer<AttentionTile> work = tile -> forward(tile, x, y, logSums, false);
        for (int i = from; i < to; i++) {
            AttentionTile.each(shape, i / shape.keyHeads(), i % shape.keyHeads(), work);
        }
    }

    private static void forward(
            AttentionTile tile, QueryKeyValue x, View y, View logSums, boolean plain) {
        int width = tile.shape().valueWidth();
        Matrix result = tile.ofQueries(y, width);
        Matrix sums = tile.ofQueries(logSums, 1);
        if (tile.keys() == 0) {
            fill(result, 0);
            fill(sums, Float.NEGATIVE_INFINITY);
            return;
        }
        AttentionScratch room = AttentionScratch.of(tile, false);
        int padded = tile.padded();
        scores(tile, x, room, plain);
        if (plain) {
            AttentionLoops.plainSoftmax(room, tile.keys(), padded);
        } else {
            AttentionLoops.softmax(room, tile.keys(), padded);
        }
        drop(tile, room.weights);
        VisitedTiles visited = tile.visited();
        for (int run = 0; run < visited.runs(); run++) {
            Matrix weights = byQuery(tile, run, room.weights);
            SmallGemm.multiply(weights, tile.ofKeys(run, x.v(), width), result, run > 0, plain);
        }
        for (int i = 0; i < tile.queries(); i++) {
            sums.data()[sums.index(i, 0)] = room.maxima[i];
        }
    }

    @Override
    public void attendBackward(
            AttentionShape shape,
            QueryKeyValue x,
            View y,
            View logSums,
            View dy,
            QueryKeyValue dx) {
        Consumer<AttentionTile> work = tile -> backward(tile, x, logSums, dy, dx);
        parts(
                shape,
                (s, keyHead) -> {
                    fill(AttentionTile.ofKeys(shape, s, keyHead, dx.k(), shape.width()), 0);
                    fill(AttentionTile.ofKeys(shape, s, keyHead, dx.v(), shape.valueWidth()), 0);
                    AttentionTile.each(shape, s, keyHead, work);
                });
    }

    private static void backward(
            AttentionTile tile, QueryKeyValue x, View logSums, View dy, QueryKeyValue dx) {
        int width = tile.shape().width();
        int valueWidth = tile.shape().valueWidth();
        Matrix toQueries = tile.ofQueries(dx.q(), width);
        if (tile.keys() == 0) {
            fill(toQueries, 0);
            return;
        }
        int padded = tile.padded();
        AttentionScratch room = AttentionScratch.of(tile, true);
        scores(tile, x, room, false);
        Matrix up = tile.ofQueries(dy, valueWidth);
        AttentionLoops.turn(up, room.gradients, padded);
        Matrix turned = new Matrix(room.gradients, 0, valueWidth, padded, padded, 1);
        VisitedTiles visited = tile.visited();
        // the gradient of each weight: v·dyᵀ
        for (int run = 0; run < visited.runs(); run++) {
            Matrix slopes = byKey(tile, run, padded, room.slopes);
            SmallGemm.multiply(tile.ofKeys(run, x.v(), valueWidth), turned, slopes, false);
        }
        drop(tile, room.slopes);
        logSums(tile, tile.ofQueries(logSums, 1), room.maxima);
        AttentionLoops.slopes(room, tile.keys(), padded, tile.shape().scale());
        drop(tile, room.weights);
        Matrix queries = tile.ofQueries(x.q(), width);
        for (int run = 0; run < visited.runs(); run++) {
            Matrix slopes = byQuery(tile, run, room.slopes);
            SmallGemm.multiply(slopes, tile.ofKeys(run, x.k(), width), toQueries, run > 0);
            Matrix toKeys = tile.ofKeys(run, dx.k(), width);
            SmallGemm.multiply(
                    byKey(tile, run, tile.queries(), room.slopes), queries, toKeys, true);
            Matrix toValues = tile.ofKeys(run, dx.v(), valueWidth);
            SmallGemm.multiply(byKey(tile, run, tile.queries(), room.weights), up, toValues, true);
        }
    }

    /** Dropout on the weights of a tile, [keys, padded], or on their gradients. */
    private static void drop(AttentionTile tile, float[] x) {
        AttentionDropout dropout = tile.shape().dropout();
        if (!dropout.acts()) {
            return;
        }
        int padded = tile.padded();
        VisitedTiles visited = tile.visited();
        for (int c = 0; c < padded; c += AttentionDropout.QUERIES) {
            long key = dropout.key(tile.sequence(), tile.head(), tile.first() + c);
            for (int run = 0; run < visited.runs(); run++) {
                int at = visited.at(run) * padded + c;
                int from = visited.from(run);
                DropoutLoop.rows(key, dropout.rate(), x, at, padded, from, visited.count(run));
            }
        }
    }

    /** The rows of a run of keys of an array [keys, padded], with some of its columns. */
    private static Matrix byKey(AttentionTile tile, int run, int columns, float[] array) {
        VisitedTiles visited = tile.visited();
        int padded = tile.padded();
        return new Matrix(array, visited.at(run) * padded, visited.count(run), columns, padded, 1);
    }

    /** The same numbers with a row for each query, [queries, keys of the run]. */
    private static Matrix byQuery(AttentionTile tile, int run, float[] array) {
        VisitedTiles visited = tile.visited();
        int padded = tile.padded();
        return new Matrix(
                array, visited.at(run) * padded, tile.queries(), visited.count(run), 1, padded);
    }

    /** Scores of a tile, [keys, padded] in weights; −∞ where a query does not see a key. */
    private static void scores(
            AttentionTile tile, QueryKeyValue x, AttentionScratch room, boolean plain) {
        int padded = tile.padded();
        int width = tile.shape().width();
        AttentionLoops.turn(tile.ofQueries(x.q(), width), room.queries, padded, plain);
        float scale = tile.shape().scale();
        int n = width * padded;
        if (plain) {
            StridedCopy.affine(scale, 0, room.queries, 0, 1, room.queries, 0, 1, n);
        } else {
            StridedCopy.affine(scale, 0, room.queries, 0, room.queries, 0, n);
        }
        Matrix turned = new Matrix(room.queries, 0, width, padded, padded, 1);
        VisitedTiles visited = tile.visited();
        for (int run = 0; run < visited.runs(); run++) {
            Matrix scores = byKey(tile, run, padded, room.weights);
            SmallGemm.multiply(tile.ofKeys(run, x.k(), width), turned, scores, false, plain);
        }
        visited.hide(room.weights, padded);
    }

    /** The kept sums of a tile; 0 for a query that saw nothing, whose weights become 0 again. */
    private static void logSums(AttentionTile tile, Matrix kept, float[] logSums) {
        for (int i = 0; i < tile.queries(); i++) {
            float logSum = kept.data()[kept.index(i, 0)];
            logSums[i] = logSum == Float.NEGATIVE_INFINITY ? 0 : logSum;
        }
        Arrays.fill(logSums, tile.queries(), tile.padded(), 0);
    }

    private static void fill(Matrix x, float value) {
        for (int i = 0; i < x.rows(); i++) {
            int at = x.index(i, 0);
            Arrays.fill(x.data(), at, at + x.columns(), value);
        }
    }
}
