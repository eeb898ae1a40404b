package dev.unroll.vector.attention;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;

import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionOperations;
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
     * With 64, heads of width 32 took a fifth longer.
     */
    static final int MOST = 32;

    /**
     * Works on the chunks of a sequence, from its beginning, all heads of a chunk before the next
     * one: neighbouring heads lie in the same rows of memory.
     *
     * @param from the first query head
     * @param to one past the last
     */
    static void forwards(
            LinearAttentionShape shape, int s, int from, int to, Consumer<LinearChunk> work) {
        for (int at = 0; at < shape.length(s); at += MOST) {
            for (int head = from; head < to; head++) {
                work.accept(chunk(shape, s, head, at));
            }
        }
    }

    /** The same from the end of the sequence. */
    static void backwards(
            LinearAttentionShape shape, int s, int from, int to, Consumer<LinearChunk> work) {
        int chunks = (shape.length(s) + MOST - 1) / MOST;
        for (int at = (chunks - 1) * MOST; at >= 0; at -= MOST) {
            for (int head = from; head < to; head++) {
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

    /**
     * Touches the keys and values that some heads of the chunk read, or the gradients that they
     * write, unless this is not the first of them.
     */
    void readAheadKeys(LinearAttentionOperations.Operands x, int from, int to, LinearScratch room) {
        if (head != from) {
            return;
        }
        int keyHead = from / heads.group();
        int keyHeads = to / heads.group() - keyHead;
        int w = heads.width();
        int vw = heads.valueWidth();
        room.touched =
                ReadAhead.rows(x.k(), this, keyHead * w, keyHeads * w)
                        + ReadAhead.rows(x.v(), this, keyHead * vw, keyHeads * vw);
    }

    /** The same of queries too. */
    void readAhead(LinearAttentionOperations.Operands x, int from, int to, LinearScratch room) {
        readAheadKeys(x, from, to, room);
        if (head == from) {
            int w = heads.width();
            room.touched = ReadAhead.rows(x.q(), this, from * w, (to - from) * w);
        }
    }

    /** The same of results or of their gradients. */
    void readAhead(View y, int from, int to, LinearScratch room) {
        if (head == from) {
            int vw = heads.valueWidth();
            room.touched = ReadAhead.rows(y, this, from * vw, (to - from) * vw);
        }
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
