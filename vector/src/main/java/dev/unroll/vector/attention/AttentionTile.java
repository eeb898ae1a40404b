package dev.unroll.vector.attention;

import static dev.unroll.vector.base.Species.L;

import dev.unroll.backend.AttentionShape;

/**
 * Some neighbouring queries of one sequence, and the keys that any of them sees: what lies outside
 * is never computed.
 *
 * @param sequence number of the sequence
 * @param first query within the sequence
 * @param queries how many
 * @param from first key within the sequence
 * @param keys how many
 */
record AttentionTile(int sequence, int first, int queries, int from, int keys) {
    /** The most queries of a tile. */
    static final int MOST = 64;

    /** With a window or a causal mask: smaller tiles leave out more of what nobody sees. */
    private static final int WINDOWED = 32;

    /** Weights of a tile that stay in the second cache beside their gradients. */
    private static final int WEIGHTS = 1 << 16;

    /** Queries of a tile of a sequence, a multiple of a vector. */
    static int height(AttentionShape shape, int sequence) {
        boolean limited =
                shape.left() != AttentionShape.EVERYTHING
                        || shape.right() != AttentionShape.EVERYTHING;
        int most = limited ? WINDOWED : MOST;
        int fitting = WEIGHTS / Math.max(1, shape.keys(sequence)) / L * L;
        return Math.clamp(fitting, L, Math.max(L, most));
    }

    static AttentionTile of(AttentionShape shape, int sequence, int first, int height) {
        int queries = Math.min(height, shape.queries(sequence) - first);
        int from = shape.from(sequence, first);
        int to = shape.to(sequence, first + queries - 1);
        return new AttentionTile(sequence, first, queries, from, Math.max(0, to - from));
    }

    /** Queries rounded up to whole vectors. */
    int padded() {
        return (queries + L - 1) / L * L;
    }

    /** First query of the tile that sees a key of the tile; those before do not. */
    int seenFrom(AttentionShape shape, int key) {
        return shape.right() == AttentionShape.EVERYTHING
                ? 0
                : Math.clamp((long) from + key - shape.right() - position(shape), 0, queries);
    }

    /** One past the last query of the tile that sees a key of the tile. */
    int seenTo(AttentionShape shape, int key) {
        return shape.left() == AttentionShape.EVERYTHING
                ? queries
                : Math.clamp((long) from + key + shape.left() - position(shape) + 1, 0, queries);
    }

    private long position(AttentionShape shape) {
        return (long) shape.starts()[sequence] + first;
    }
}
