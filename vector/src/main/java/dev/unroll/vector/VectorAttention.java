package dev.unroll.vector;

import static dev.unroll.backend.ArrayBuffer.floats;

import dev.unroll.backend.Attention;
import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.View;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Attention, one (sequence, key head) after another on each thread. The weights exist only for a
 * tile of {@value #TILE} queries, in arrays of the thread; the backward pass computes them again
 * from the kept sums. 4·to·from·width FLOPs forward and 10·to·from·width backward for a head.
 */
final class VectorAttention implements Attention {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    /** Queries whose weights exist at the same time. */
    private static final int TILE = 64;

    private final Workers workers;

    VectorAttention(Workers workers) {
        this.workers = workers;
    }

    /** Arrays of one thread, grown as needed. */
    private static final class Room {
        private static final ThreadLocal<Room> OWN = ThreadLocal.withInitial(Room::new);

        float[] turnedKeys = new float[0];
        float[] turnedValues = new float[0];
        float[] weights = new float[0];
        float[] slopes = new float[0];

        /** Room for keys of a width, values of a width, and a tile of weights over them. */
        static Room of(int width, int valueWidth, int keys, int tile, boolean backward) {
            Room room = OWN.get();
            room.turnedKeys = grown(room.turnedKeys, width * keys);
            room.weights = grown(room.weights, tile * keys);
            if (backward) {
                room.turnedValues = grown(room.turnedValues, valueWidth * keys);
                room.slopes = grown(room.slopes, tile * keys);
            }
            return room;
        }

        private static float[] grown(float[] array, int size) {
            return array.length >= size ? array : new float[Math.max(size, 2 * array.length)];
        }
    }

    @Override
    public void attend(AttentionShape shape, View q, View k, View v, View y, View logSums) {
        workers.run(
                shape.batch() * shape.keyHeads(),
                part -> {
                    int s = part / shape.keyHeads();
                    int keyHead = part % shape.keyHeads();
                    if (shape.queries(s) > 0) {
                        forward(shape, s, keyHead, q, k, v, y, logSums);
                    }
                });
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
        int keys = shape.keys(s);
        int padded = padded(keys);
        int vw = shape.valueWidth();
        int queries = shape.queries(s);
        Room room = Room.of(shape.width(), vw, padded, Math.min(TILE, queries), false);
        float[] out = floats(y.buffer());
        float[] sums = floats(logSums.buffer());
        turn(shape, s, keyHead, k, shape.width(), padded, room.turnedKeys);
        int perKey = shape.heads() / shape.keyHeads();
        for (int head = keyHead * perKey; head < (keyHead + 1) * perKey; head++) {
            for (int first = 0; first < queries; first += TILE) {
                int n = Math.min(TILE, queries - first);
                scores(shape, s, head, first, n, q, padded, room);
                int row = shape.queryOffsets()[s] + first;
                for (int i = 0; i < n; i++) {
                    int at = logSums.offset() + (row + i) * shape.heads() + head;
                    sums[at] = softmax(shape, s, first + i, room, i * padded, padded);
                }
                SmallProduct.multiply(
                        n,
                        vw,
                        keys,
                        room.weights,
                        0,
                        padded,
                        1,
                        floats(v.buffer()),
                        rowAt(v, shape.keyOffsets()[s], shape.keyHeads(), keyHead, vw),
                        shape.keyHeads() * vw,
                        out,
                        rowAt(y, row, shape.heads(), head, vw),
                        shape.heads() * vw,
                        false);
            }
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
        workers.run(
                shape.batch() * shape.keyHeads(),
                part -> {
                    int s = part / shape.keyHeads();
                    backward(
                            shape, s, part % shape.keyHeads(), q, k, v, y, logSums, dy, dq, dk, dv);
                });
    }

    private static void backward(
            AttentionShape shape,
            int s,
            int keyHead,
            View q,
            View k,
            View v,
            View y,
            View logSums,
            View dy,
            View dq,
            View dk,
            View dv) {
        int keys = shape.keys(s);
        int padded = padded(keys);
        int w = shape.width();
        int vw = shape.valueWidth();
        int queries = shape.queries(s);
        int keyRow = shape.keyHeads() * w;
        int valueRow = shape.keyHeads() * vw;
        int kAt = rowAt(k, shape.keyOffsets()[s], shape.keyHeads(), keyHead, w);
        int dkAt = rowAt(dk, shape.keyOffsets()[s], shape.keyHeads(), keyHead, w);
        int dvAt = rowAt(dv, shape.keyOffsets()[s], shape.keyHeads(), keyHead, vw);
        clear(floats(dk.buffer()), dkAt, keyRow, w, keys);
        clear(floats(dv.buffer()), dvAt, valueRow, vw, keys);
        if (queries == 0) {
            return;
        }
        Room room = Room.of(w, vw, padded, Math.min(TILE, queries), true);
        turn(shape, s, keyHead, k, w, padded, room.turnedKeys);
        turn(shape, s, keyHead, v, vw, padded, room.turnedValues);
        int queryRow = shape.heads() * w;
        int outRow = shape.heads() * vw;
        int perKey = shape.heads() / shape.keyHeads();
        for (int head = keyHead * perKey; head < (keyHead + 1) * perKey; head++) {
            for (int first = 0; first < queries; first += TILE) {
                int n = Math.min(TILE, queries - first);
                int row = shape.queryOffsets()[s] + first;
                int qAt = rowAt(q, row, shape.heads(), head, w);
                int dyAt = rowAt(dy, row, shape.heads(), head, vw);
                scores(shape, s, head, first, n, q, padded, room);
                // the gradient of each weight: dy·vᵀ
                SmallProduct.multiply(
                        n,
                        padded,
                        vw,
                        floats(dy.buffer()),
                        dyAt,
                        outRow,
                        1,
                        room.turnedValues,
                        0,
                        padded,
                        room.slopes,
                        0,
                        padded,
                        false);
                for (int i = 0; i < n; i++) {
                    int yAt = rowAt(y, row + i, shape.heads(), head, vw);
                    float common =
                            Lanes.dot(
                                    floats(y.buffer()),
                                    yAt,
                                    floats(dy.buffer()),
                                    dyAt + i * outRow,
                                    vw);
                    float logSum =
                            floats(logSums.buffer())[
                                    logSums.offset() + (row + i) * shape.heads() + head];
                    slopes(shape, s, first + i, logSum, common, room, i * padded, padded);
                }
                float[] weights = room.weights;
                float[] slopes = room.slopes;
                SmallProduct.multiply(
                        n,
                        w,
                        keys,
                        slopes,
                        0,
                        padded,
                        1,
                        floats(k.buffer()),
                        kAt,
                        keyRow,
                        floats(dq.buffer()),
                        rowAt(dq, row, shape.heads(), head, w),
                        queryRow,
                        false);
                SmallProduct.multiply(
                        keys,
                        w,
                        n,
                        slopes,
                        0,
                        1,
                        padded,
                        floats(q.buffer()),
                        qAt,
                        queryRow,
                        floats(dk.buffer()),
                        dkAt,
                        keyRow,
                        true);
                SmallProduct.multiply(
                        keys,
                        vw,
                        n,
                        weights,
                        0,
                        1,
                        padded,
                        floats(dy.buffer()),
                        dyAt,
                        outRow,
                        floats(dv.buffer()),
                        dvAt,
                        valueRow,
                        true);
            }
        }
    }

    /** Where a head's part of a row begins. */
    private static int rowAt(View x, int row, int heads, int head, int width) {
        return x.offset() + (row * heads + head) * width;
    }

    private static int padded(int keys) {
        return (keys + LANES - 1) / LANES * LANES;
    }

    private static void clear(float[] x, int at, int row, int width, int rows) {
        for (int i = 0; i < rows; i++) {
            Arrays.fill(x, at + i * row, at + i * row + width, 0);
        }
    }

    /** One head's rows of a sequence with rows and columns exchanged: [width, padded]. */
    private static void turn(
            AttentionShape shape, int s, int keyHead, View x, int width, int padded, float[] to) {
        float[] from = floats(x.buffer());
        int keys = shape.keys(s);
        int row = shape.keyHeads() * width;
        int at = rowAt(x, shape.keyOffsets()[s], shape.keyHeads(), keyHead, width);
        for (int d = 0; d < width; d++) {
            for (int j = 0; j < keys; j++) {
                to[d * padded + j] = from[at + j * row + d];
            }
            Arrays.fill(to, d * padded + keys, (d + 1) * padded, 0);
        }
    }

    /** Products of a tile of queries with all keys, not yet scaled: [n, padded] in weights. */
    private static void scores(
            AttentionShape shape,
            int s,
            int head,
            int first,
            int n,
            View q,
            int padded,
            Room room) {
        int w = shape.width();
        SmallProduct.multiply(
                n,
                padded,
                w,
                floats(q.buffer()),
                rowAt(q, shape.queryOffsets()[s] + first, shape.heads(), head, w),
                shape.heads() * w,
                1,
                room.turnedKeys,
                0,
                padded,
                room.weights,
                0,
                padded,
                false);
    }

    /** Makes weights of one query's scores; gives ln Σ e^score, −∞ if it sees no key. */
    private static float softmax(
            AttentionShape shape, int s, int i, Room room, int at, int padded) {
        float[] x = room.weights;
        int from = shape.from(s, i);
        int to = shape.to(s, i);
        if (from >= to) {
            Arrays.fill(x, at, at + padded, 0);
            return Float.NEGATIVE_INFINITY;
        }
        float scale = shape.scale();
        float max = Float.NEGATIVE_INFINITY;
        for (int j = from; j < to; j++) {
            max = Math.max(max, x[at + j] * scale);
        }
        Arrays.fill(x, at, at + from, Float.NEGATIVE_INFINITY);
        Arrays.fill(x, at + to, at + padded, Float.NEGATIVE_INFINITY);
        FloatVector total = FloatVector.zero(S);
        for (int j = 0; j < padded; j += LANES) {
            FloatVector e = VectorMath.exp(FloatVector.fromArray(S, x, at + j).mul(scale).sub(max));
            e.intoArray(x, at + j);
            total = total.add(e);
        }
        float sum = Lanes.sum(total);
        float inverse = 1 / sum;
        for (int j = 0; j < padded; j += LANES) {
            FloatVector.fromArray(S, x, at + j).mul(inverse).intoArray(x, at + j);
        }
        return max + (float) Math.log(sum);
    }

    /** From scores and gradients of weights to weights and gradients of scores, one query. */
    private static void slopes(
            AttentionShape shape,
            int s,
            int i,
            float logSum,
            float common,
            Room room,
            int at,
            int padded) {
        int from = shape.from(s, i);
        int to = shape.to(s, i);
        float[] weights = room.weights;
        float[] slopes = room.slopes;
        if (from >= to) {
            Arrays.fill(weights, at, at + padded, 0);
            Arrays.fill(slopes, at, at + padded, 0);
            return;
        }
        float scale = shape.scale();
        Arrays.fill(weights, at, at + from, Float.NEGATIVE_INFINITY);
        Arrays.fill(weights, at + to, at + padded, Float.NEGATIVE_INFINITY);
        for (int j = 0; j < padded; j += LANES) {
            FloatVector p =
                    VectorMath.exp(
                            FloatVector.fromArray(S, weights, at + j).mul(scale).sub(logSum));
            FloatVector d = FloatVector.fromArray(S, slopes, at + j);
            p.intoArray(weights, at + j);
            p.mul(d.sub(common)).mul(scale).intoArray(slopes, at + j);
        }
    }
}
