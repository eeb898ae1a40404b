package dev.unroll.vector.attention;

import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.vector.gemm.Matrix;
import java.util.Arrays;

/** Arrays of one thread for one chunk of linear attention and its states, grown as needed. */
final class LinearScratch {
    private static final ThreadLocal<LinearScratch> OWN =
            ThreadLocal.withInitial(LinearScratch::new);

    /** Queries as columns: [width, tokens]. */
    float[] queries = new float[0];

    /** Keys, or a gradient of them: [tokens, width]. */
    float[] keys = new float[0];

    /** Values as columns and a row of ones: [value width + 1, tokens]. */
    float[] values = new float[0];

    /** Gradients of sums: [tokens, value width]. */
    float[] up = new float[0];

    /** The same as columns, and a row of the gradients of divisors: [value width + 1, tokens]. */
    float[] turnedUp = new float[0];

    /** The second state as columns: [width, value width]. */
    float[] turnedLater = new float[0];

    /** What {@link ReadAhead} read last; nobody asks for it. */
    float touched;

    /** The states of the heads that the thread works on. */
    private LinearState[] states = new LinearState[0];

    /** Weights of queries (columns) for keys (rows): [tokens, tokens]. */
    final float[] weights = new float[LinearChunk.MOST * LinearChunk.MOST];

    /** Their gradients. */
    final float[] slopes = new float[LinearChunk.MOST * LinearChunk.MOST];

    /** The decay of each token. */
    final float[] decays = new float[LinearChunk.MOST];

    /** Products of the decays up to each token. */
    final float[] upTo = new float[LinearChunk.MOST];

    /** Products of the decays after each token. */
    final float[] after = new float[LinearChunk.MOST];

    /** A number for each token. */
    final float[] sums = new float[LinearChunk.MOST];

    private LinearScratch() {}

    /** Room for chunks of such heads. */
    static LinearScratch of(LinearAttentionHeads heads) {
        LinearScratch room = OWN.get();
        int width = heads.width();
        int vw = heads.valueWidth();
        room.queries = grown(room.queries, width * LinearChunk.MOST);
        room.keys = grown(room.keys, width * LinearChunk.MOST);
        room.values = grown(room.values, (vw + 1) * LinearChunk.MOST);
        room.up = grown(room.up, vw * LinearChunk.MOST);
        room.turnedUp = grown(room.turnedUp, (vw + 1) * LinearChunk.MOST);
        room.turnedLater = grown(room.turnedLater, vw * width);
        if (room.states.length < heads.heads()) {
            room.states = new LinearState[heads.heads()];
            Arrays.setAll(room.states, head -> new LinearState());
        }
        return room;
    }

    static float[] grown(float[] array, int size) {
        return array.length >= size ? array : new float[Math.max(size, 2 * array.length)];
    }

    /** The states of a head. */
    LinearState state(int head) {
        return states[head];
    }

    /** The states of a chunk's head. */
    LinearState state(LinearChunk chunk) {
        return states[chunk.head()];
    }

    /** No states yet of some heads. */
    void clear(LinearAttentionHeads heads, int from, int to) {
        for (int head = from; head < to; head++) {
            states[head].clear(heads);
        }
    }

    /** Rows one after another. */
    static Matrix rows(float[] data, int rows, int columns) {
        return new Matrix(data, 0, rows, columns, columns, 1);
    }

    /** Rows so far apart. */
    static Matrix rows(float[] data, int rows, int columns, int step) {
        return new Matrix(data, 0, rows, columns, step, 1);
    }
}
