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

    /** State before a chunk: [width, value width], or [value width + 1, width]. */
    float[] state = new float[0];

    /** State after a chunk, from what comes later: [value width + 1, width]. */
    float[] later = new float[0];

    /** The same without its last row, as columns: [width, value width]. */
    float[] turnedLater = new float[0];

    /** Sums of keys: [width]. */
    float[] keySums = new float[0];

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
        room.state = grown(room.state, (vw + 1) * width);
        room.later = grown(room.later, (vw + 1) * width);
        room.turnedLater = grown(room.turnedLater, vw * width);
        room.keySums = grown(room.keySums, width);
        return room;
    }

    private static float[] grown(float[] array, int size) {
        return array.length >= size ? array : new float[Math.max(size, 2 * array.length)];
    }

    /** No state yet. */
    void clear(LinearAttentionHeads heads) {
        Arrays.fill(state, 0, heads.state(), 0);
        Arrays.fill(later, 0, heads.state(), 0);
        Arrays.fill(keySums, 0, heads.width(), 0);
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
