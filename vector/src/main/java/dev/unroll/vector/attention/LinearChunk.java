package dev.unroll.vector.attention;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;

import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.backend.View;
import dev.unroll.vector.gemm.Matrix;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One head of some neighbouring tokens of one sequence. Within a chunk linear attention is computed
 * in its quadratic form, and from chunk to chunk in its recurrent form.
 *
 * @param head of the queries
 * @param row of the first token
 * @param tokens how many
 * @param first whether no chunk of the sequence comes before
 * @param last whether no chunk of the sequence comes after
 */
record LinearChunk(
        LinearAttentionHeads heads, int head, int row, int tokens, boolean first, boolean last) {
    /**
     * The most tokens of a chunk: as many weights a token as the state of a usual head has rows.
     */
    static final int MOST = 64;

    /** Works on the chunks of a sequence, from its beginning. */
    static void forwards(LinearAttentionShape shape, int s, int head, Consumer<LinearChunk> work) {
        for (int at = 0; at < shape.length(s); at += MOST) {
            work.accept(chunk(shape, s, head, at));
        }
    }

    /** Works on the chunks of a sequence, from its end. */
    static void backwards(LinearAttentionShape shape, int s, int head, Consumer<LinearChunk> work) {
        for (int at = (shape.length(s) - 1) / MOST * MOST; at >= 0; at -= MOST) {
            if (at < shape.length(s)) {
                work.accept(chunk(shape, s, head, at));
            }
        }
    }

    private static LinearChunk chunk(LinearAttentionShape shape, int s, int head, int at) {
        int tokens = Math.min(MOST, shape.length(s) - at);
        return new LinearChunk(
                shape.heads(),
                head,
                shape.offsets()[s] + at,
                tokens,
                at == 0,
                at + tokens == shape.length(s));
    }

    /** Tokens rounded up to whole vectors. */
    int padded() {
        return (tokens + L - 1) / L * L;
    }

    /** The chunk's rows of the query head, so wide. */
    Matrix ofQueries(View x, int width) {
        return part(x, head, width);
    }

    /** The chunk's rows of the key head, so wide. */
    Matrix ofKeys(View x, int width) {
        return part(x, head / heads.group(), width);
    }

    private Matrix part(View x, int column, int width) {
        int step = x.strides()[0];
        int at = x.offset() + row * step + column * width;
        return new Matrix(floats(x.buffer()), at, tokens, width, step, 1);
    }

    /** The chunk's numbers of the query head, one a token; any strides. */
    Matrix numbers(View x) {
        int step = x.strides()[0];
        int at = x.offset() + row * step + head * x.strides()[1];
        return new Matrix(floats(x.buffer()), at, tokens, 1, step, 1);
    }

    /**
     * The decay of each token, and its products over the tokens of the chunk up to each one and
     * after each one. They are products and never quotients, so that what underflows is 0.
     */
    void decays(@Nullable View logs, LinearScratch room) {
        int padded = padded();
        if (logs == null) {
            Arrays.fill(room.decays, 0, padded, 1);
            Arrays.fill(room.upTo, 0, padded, 1);
            Arrays.fill(room.after, 0, padded, 1);
            return;
        }
        Matrix own = numbers(logs);
        Arrays.fill(room.decays, tokens, padded, 1);
        for (int t = 0; t < tokens; t++) {
            room.decays[t] = (float) Math.exp(own.data()[own.index(t, 0)]);
        }
        float product = 1;
        for (int t = 0; t < padded; t++) {
            product *= room.decays[t];
            room.upTo[t] = product;
        }
        product = 1;
        for (int t = padded - 1; t >= 0; t--) {
            room.after[t] = product;
            product *= room.decays[t];
        }
    }
}
