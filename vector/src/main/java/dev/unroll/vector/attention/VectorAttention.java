package dev.unroll.vector.attention;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Attention;
import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.View;
import dev.unroll.vector.base.StridedCopy;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.gemm.SmallGemm;
import java.util.Arrays;

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

    public VectorAttention(Workers workers) {
        this.workers = workers;
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
    public void attend(AttentionShape shape, View q, View k, View v, View y, View logSums) {
        parts(shape, (s, keyHead) -> forward(shape, s, keyHead, q, k, v, y, logSums));
    }

    private static void forward(
            AttentionShape shape,
            int s,
            int keyHead,
            View q,
            View k,
            View v,
            View y,
            View logSums) {
        int height = AttentionTile.height(shape, s);
        int perKey = shape.heads() / shape.keyHeads();
        for (int head = keyHead * perKey; head < (keyHead + 1) * perKey; head++) {
            for (int first = 0; first < shape.queries(s); first += height) {
                AttentionTile tile = AttentionTile.of(shape, s, first, height);
                if (tile.keys() == 0) {
                    seesNothing(shape, tile, head, y, logSums);
                } else {
                    forward(shape, tile, keyHead, head, q, k, v, y, logSums);
                }
            }
        }
    }

    private static void seesNothing(
            AttentionShape shape, AttentionTile tile, int head, View y, View logSums) {
        for (int i = 0; i < tile.queries(); i++) {
            int row = query(shape, tile) + i;
            clear(y, row, head * shape.valueWidth(), shape.valueWidth());
            floats(logSums.buffer())[at(logSums, row, head)] = Float.NEGATIVE_INFINITY;
        }
    }

    private static void forward(
            AttentionShape shape,
            AttentionTile tile,
            int keyHead,
            int head,
            View q,
            View k,
            View v,
            View y,
            View logSums) {
        int vw = shape.valueWidth();
        int padded = tile.padded();
        int row = query(shape, tile);
        AttentionScratch room = AttentionScratch.of(shape.width(), vw, tile.keys(), padded, false);
        scores(shape, tile, keyHead, head, q, k, room);
        AttentionLoops.softmax(room, tile.keys(), padded);
        SmallGemm.multiply(
                tile.queries(),
                vw,
                tile.keys(),
                room.weights,
                0,
                1,
                padded,
                floats(v.buffer()),
                at(v, key(shape, tile), keyHead * vw),
                v.strides()[0],
                floats(y.buffer()),
                at(y, row, head * vw),
                y.strides()[0],
                false);
        float[] sums = floats(logSums.buffer());
        for (int i = 0; i < tile.queries(); i++) {
            sums[at(logSums, row + i, head)] = room.maxima[i];
        }
    }

    @Override
    public void attendBackward(
            AttentionShape shape,
            View q,
            View k,
            View v,
            View y,
            View logSums,
            View dy,
            View dq,
            View dk,
            View dv) {
        parts(shape, (s, keyHead) -> backward(shape, s, keyHead, q, k, v, logSums, dy, dq, dk, dv));
    }

    private static void backward(
            AttentionShape shape,
            int s,
            int keyHead,
            View q,
            View k,
            View v,
            View logSums,
            View dy,
            View dq,
            View dk,
            View dv) {
        for (int j = shape.keyOffsets()[s]; j < shape.keyOffsets()[s + 1]; j++) {
            clear(dk, j, keyHead * shape.width(), shape.width());
            clear(dv, j, keyHead * shape.valueWidth(), shape.valueWidth());
        }
        int height = AttentionTile.height(shape, s);
        int perKey = shape.heads() / shape.keyHeads();
        for (int head = keyHead * perKey; head < (keyHead + 1) * perKey; head++) {
            for (int first = 0; first < shape.queries(s); first += height) {
                AttentionTile tile = AttentionTile.of(shape, s, first, height);
                if (tile.keys() == 0) {
                    for (int i = 0; i < tile.queries(); i++) {
                        int row = query(shape, tile) + i;
                        clear(dq, row, head * shape.width(), shape.width());
                    }
                } else {
                    backward(shape, tile, keyHead, head, q, k, v, logSums, dy, dq, dk, dv);
                }
            }
        }
    }

    private static void backward(
            AttentionShape shape,
            AttentionTile tile,
            int keyHead,
            int head,
            View q,
            View k,
            View v,
            View logSums,
            View dy,
            View dq,
            View dk,
            View dv) {
        int w = shape.width();
        int vw = shape.valueWidth();
        int queries = tile.queries();
        int keys = tile.keys();
        int padded = tile.padded();
        int row = query(shape, tile);
        int keyRow = key(shape, tile);
        AttentionScratch room = AttentionScratch.of(w, vw, keys, padded, true);
        scores(shape, tile, keyHead, head, q, k, room);
        // the gradient of each weight: v·dyᵀ
        float[] dys = floats(dy.buffer());
        int dyAt = at(dy, row, head * vw);
        int dyStep = dy.strides()[0];
        AttentionLoops.turn(dys, dyAt, dyStep, queries, vw, room.gradients, padded);
        SmallGemm.multiply(
                keys,
                padded,
                vw,
                floats(v.buffer()),
                at(v, keyRow, keyHead * vw),
                v.strides()[0],
                1,
                room.gradients,
                0,
                padded,
                room.slopes,
                0,
                padded,
                false);
        logSums(logSums, row, head, queries, padded, room.maxima);
        AttentionLoops.slopes(room, keys, padded, shape.scale());
        SmallGemm.multiply(
                queries,
                w,
                keys,
                room.slopes,
                0,
                1,
                padded,
                floats(k.buffer()),
                at(k, keyRow, keyHead * w),
                k.strides()[0],
                floats(dq.buffer()),
                at(dq, row, head * w),
                dq.strides()[0],
                false);
        SmallGemm.multiply(
                keys,
                w,
                queries,
                room.slopes,
                0,
                padded,
                1,
                floats(q.buffer()),
                at(q, row, head * w),
                q.strides()[0],
                floats(dk.buffer()),
                at(dk, keyRow, keyHead * w),
                dk.strides()[0],
                true);
        SmallGemm.multiply(
                keys,
                vw,
                queries,
                room.weights,
                0,
                padded,
                1,
                dys,
                dyAt,
                dyStep,
                floats(dv.buffer()),
                at(dv, keyRow, keyHead * vw),
                dv.strides()[0],
                true);
    }

    /** Scores of a tile, [keys, padded] in weights; −∞ where a query does not see a key. */
    private static void scores(
            AttentionShape shape,
            AttentionTile tile,
            int keyHead,
            int head,
            View q,
            View k,
            AttentionScratch room) {
        int w = shape.width();
        int padded = tile.padded();
        AttentionLoops.turn(
                floats(q.buffer()),
                at(q, query(shape, tile), head * w),
                q.strides()[0],
                tile.queries(),
                w,
                room.queries,
                padded);
        StridedCopy.affine(shape.scale(), 0, room.queries, 0, room.queries, 0, w * padded);
        SmallGemm.multiply(
                tile.keys(),
                padded,
                w,
                floats(k.buffer()),
                at(k, key(shape, tile), keyHead * w),
                k.strides()[0],
                1,
                room.queries,
                0,
                padded,
                room.weights,
                0,
                padded,
                false);
        for (int j = 0; j < tile.keys(); j++) {
            int at = j * padded;
            int to = tile.seenTo(shape, j);
            Arrays.fill(room.weights, at, at + tile.seenFrom(shape, j), Float.NEGATIVE_INFINITY);
            Arrays.fill(room.weights, at + to, at + tile.queries(), Float.NEGATIVE_INFINITY);
        }
    }

    /** The kept sums of a tile; 0 for a query that saw nothing, whose weights become 0 again. */
    private static void logSums(
            View kept, int row, int head, int queries, int padded, float[] logSums) {
        float[] from = floats(kept.buffer());
        for (int i = 0; i < queries; i++) {
            float logSum = from[at(kept, row + i, head)];
            logSums[i] = logSum == Float.NEGATIVE_INFINITY ? 0 : logSum;
        }
        Arrays.fill(logSums, queries, padded, 0);
    }

    private static int query(AttentionShape shape, AttentionTile tile) {
        return shape.queryOffsets()[tile.sequence()] + tile.first();
    }

    private static int key(AttentionShape shape, AttentionTile tile) {
        return shape.keyOffsets()[tile.sequence()] + tile.from();
    }

    private static int at(View x, int row, int column) {
        return x.offset() + row * x.strides()[0] + column;
    }

    private static void clear(View x, int row, int column, int count) {
        int at = at(x, row, column);
        Arrays.fill(floats(x.buffer()), at, at + count, 0);
    }
}
