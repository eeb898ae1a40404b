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

    /** The keys that the tile looks at. */
    final VisitedTiles visited = new VisitedTiles();

    private AttentionScratch() {}

    /** The arrays of this thread. */
    static AttentionScratch own() {
        return OWN.get();
    }

    /** Room for a tile. */
    static AttentionScratch of(AttentionTile tile, boolean backward) {
        AttentionScratch room = own();
        int padded = tile.padded();
        room.queries = grown(room.queries, tile.shape().width() * padded);
        room.weights = grown(room.weights, tile.keys() * padded);
        if (backward) {
            room.gradients = grown(room.gradients, tile.shape().valueWidth() * padded);
            room.slopes = grown(room.slopes, tile.keys() * padded);
        }
        return room;
    }

    private static float[] grown(float[] array, int size) {
        return array.length >= size ? array : new float[Math.max(size, 2 * array.length)];
    }
}
