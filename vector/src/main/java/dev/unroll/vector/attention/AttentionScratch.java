package dev.unroll.vector.attention;

/** Arrays of one thread for one tile of queries, grown as needed. */
final class AttentionScratch {
    private static final ThreadLocal<AttentionScratch> OWN =
            ThreadLocal.withInitial(AttentionScratch::new);

    /** Queries as columns, already scaled: [width, queries]. */
    float[] queries = new float[0];

    /** Gradients of the result as columns: [value width, queries]. */
    float[] gradients = new float[0];

    /** Scores, then weights: [keys, queries]. */
    float[] weights = new float[0];

    /** Gradients of weights, then of scores: [keys, queries]. */
    float[] slopes = new float[0];

    /** A number for each query: the greatest score, or ln Σ e^score. */
    final float[] maxima = new float[AttentionTile.MOST];

    /** Another number for each query: Σ e^score, or Σ weight·gradient. */
    final float[] sums = new float[AttentionTile.MOST];

    private AttentionScratch() {}

    /** Room for heads of a width, values of a width, and a tile of so many queries. */
    static AttentionScratch of(int width, int valueWidth, int keys, int queries, boolean backward) {
        AttentionScratch room = OWN.get();
        room.queries = grown(room.queries, width * queries);
        room.weights = grown(room.weights, keys * queries);
        if (backward) {
            room.gradients = grown(room.gradients, valueWidth * queries);
            room.slopes = grown(room.slopes, keys * queries);
        }
        return room;
    }

    private static float[] grown(float[] array, int size) {
        return array.length >= size ? array : new float[Math.max(size, 2 * array.length)];
    }
}
