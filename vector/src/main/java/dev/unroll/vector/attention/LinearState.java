package dev.unroll.vector.attention;

import dev.unroll.backend.LinearAttentionHeads;
import java.util.Arrays;

/** What goes from chunk to chunk in one head. */
final class LinearState {
    /** Of what comes before: [width, value width], or [value width + 1, width]. */
    float[] before = new float[0];

    /** Of what comes later: [value width + 1, width]. */
    float[] later = new float[0];

    /** Sums of keys: [width]. */
    float[] keySums = new float[0];

    /** Σ q·dq − k·dk over the tokens from the end to the current one. */
    double slopes;

    /** Nothing yet. */
    void clear(LinearAttentionHeads heads) {
        before = LinearScratch.grown(before, heads.state());
        later = LinearScratch.grown(later, heads.state());
        keySums = LinearScratch.grown(keySums, heads.width());
        Arrays.fill(before, 0, heads.state(), 0);
        Arrays.fill(later, 0, heads.state(), 0);
        Arrays.fill(keySums, 0, heads.width(), 0);
        slopes = 0;
    }

    /** Copies S and z, as {@code LinearAttentionOperations.states} lays them out. */
    void write(LinearAttentionHeads heads, float[] to, int at) {
        int sums = heads.width() * heads.valueWidth();
        System.arraycopy(before, 0, to, at, sums);
        System.arraycopy(keySums, 0, to, at + sums, heads.width());
    }
}
