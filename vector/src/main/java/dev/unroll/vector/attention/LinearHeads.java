package dev.unroll.vector.attention;

import static dev.unroll.vector.attention.LinearScratch.rows;

import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionOperations;
import dev.unroll.backend.LinearAttentionOperations.Operands;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.backend.View;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.SmallGemm;
import java.util.Arrays;

/**
 * Linear attention of some heads of one sequence. The state before a chunk is S, [width, value
 * width], and z, the sum of the keys.
 */
final class LinearHeads {
    private LinearHeads() {}

    /** Writes the results and the sums of their weights. */
    static void attend(
            LinearAttentionShape shape, int s, int from, int to, Operands x, View y, View sums) {
        LinearScratch room = LinearScratch.of(shape.heads());
        if (shape.causal()) {
            room.clear(shape.heads(), from, to);
            LinearChunk.forwards(
                    shape,
                    s,
                    from,
                    to,
                    chunk -> {
                        chunk.readAhead(x, from, to, room);
                        chunk.readAhead(y, from, to, room);
                        causal(chunk, x, y, sums, room);
                    });
        } else {
            states(shape, s, from, to, x, room);
            LinearChunk.forwards(
                    shape,
                    s,
                    from,
                    to,
                    chunk -> {
                        chunk.readAhead(x, from, to, room);
                        chunk.readAhead(y, from, to, room);
                        Arrays.fill(room.sums, 0, chunk.padded(), 0);
                        turn(chunk, x, room);
                        read(chunk, y, room, false);
                        divide(chunk, y, sums, room);
                    });
        }
    }

    /** Computes the states that a sequence ends with. */
    static void states(
            LinearAttentionShape shape, int s, int from, int to, Operands x, LinearScratch room) {
        room.clear(shape.heads(), from, to);
        LinearChunk.forwards(
                shape,
                s,
                from,
                to,
                chunk -> {
                    chunk.readAheadKeys(x, from, to, room);
                    chunk.decays(x.logDecays(), room);
                    remember(chunk, x, room);
                });
    }

    private static void causal(
            LinearChunk chunk, Operands x, View y, View sums, LinearScratch room) {
        LinearAttentionHeads heads = chunk.heads();
        int n = chunk.tokens();
        int padded = chunk.padded();
        chunk.decays(x.logDecays(), room);
        turn(chunk, x, room);
        Matrix queries = rows(room.queries, heads.width(), padded);
        Matrix weights = rows(room.weights, n, padded);
        SmallGemm.multiply(chunk.ofKeys(x.k(), heads.width()), queries, weights, false);
        LinearLoops.decay(room.weights, room.decays, n, padded, room.sums);
        Matrix byQuery = new Matrix(room.weights, 0, n, n, 1, padded);
        Matrix values = chunk.ofKeys(x.v(), heads.valueWidth());
        SmallGemm.multiply(byQuery, values, chunk.ofQueries(y, heads.valueWidth()), false);
        if (!chunk.first()) {
            if (x.logDecays() != null) {
                LinearLoops.scaleColumns(room.queries, heads.width(), padded, room.upTo);
            }
            read(chunk, y, room, true);
        }
        divide(chunk, y, sums, room);
        if (!chunk.last()) {
            remember(chunk, x, room);
        }
    }

    private static void turn(LinearChunk chunk, Operands x, LinearScratch room) {
        Matrix queries = chunk.ofQueries(x.q(), chunk.heads().width());
        AttentionLoops.turn(queries, room.queries, chunk.padded());
    }

    /** y = Sᵀ·q, or y += Sᵀ·q, and z·q to the sums. */
    private static void read(LinearChunk chunk, View y, LinearScratch room, boolean more) {
        LinearAttentionHeads heads = chunk.heads();
        int padded = chunk.padded();
        Matrix queries = new Matrix(room.queries, 0, chunk.tokens(), heads.width(), 1, padded);
        Matrix state = rows(room.state(chunk).before, heads.width(), heads.valueWidth());
        SmallGemm.multiply(queries, state, chunk.ofQueries(y, heads.valueWidth()), more);
        LinearLoops.addProducts(
                room.queries, heads.width(), padded, room.state(chunk).keySums, room.sums);
    }

    private static void divide(LinearChunk chunk, View y, View sums, LinearScratch room) {
        Matrix kept = chunk.numbers(sums);
        boolean normalised = chunk.heads().normalised();
        Matrix result = chunk.ofQueries(y, chunk.heads().valueWidth());
        for (int t = 0; t < chunk.tokens(); t++) {
            float sum = normalised ? room.sums[t] + LinearAttentionOperations.EPSILON : 1;
            kept.data()[kept.index(t, 0)] = sum;
            if (normalised) {
                int at = result.index(t, 0);
                LinearLoops.scaled(result.data(), at, 1 / sum, result.data(), at, result.columns());
            }
        }
    }

    /** S = decays·S + Σ k·vᵀ and z = decays·z + Σ k, over a chunk. */
    private static void remember(LinearChunk chunk, Operands x, LinearScratch room) {
        LinearAttentionHeads heads = chunk.heads();
        int width = heads.width();
        int n = chunk.tokens();
        LinearState state = room.state(chunk);
        Matrix keys = chunk.ofKeys(x.k(), width);
        if (x.logDecays() != null) {
            LinearLoops.scaleRows(keys, room.after, room.keys);
            keys = rows(room.keys, n, width);
            LinearLoops.scale(state.before, width * heads.valueWidth(), room.upTo[n - 1]);
            LinearLoops.scale(state.keySums, width, room.upTo[n - 1]);
        }
        Matrix values = chunk.ofKeys(x.v(), heads.valueWidth());
        Matrix sums = rows(state.before, width, heads.valueWidth());
        SmallGemm.multiply(keys.transposed(), values, sums, true);
        for (int t = 0; t < n; t++) {
            LinearLoops.add(keys.data(), keys.index(t, 0), state.keySums, 0, width);
        }
    }
}
