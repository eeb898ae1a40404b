package dev.unroll.vector.attention;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;

import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.View;
import dev.unroll.vector.gemm.Matrix;
import java.util.function.Consumer;

/**
 * One head of some neighbouring queries of one sequence, and the keys that any of them sees: what
 * lies outside is never computed.
 *
 * @param sequence number of the sequence
 * @param keyHead head of the keys
 * @param head of the queries
 * @param first query within the sequence
 * @param queries how many
 * @param from first key within the sequence
 * @param keys how many
 */
record AttentionTile(
        AttentionShape shape,
        int sequence,
        int keyHead,
        int head,
        int first,
        int queries,
        int from,
        int keys) {
    /** The most queries of a tile. */
    static final int MOST = 64;

    /** With a window or a causal mask: smaller tiles leave out more of what nobody sees. */
    private static final int WINDOWED = 32;

    /** Weights of a tile that stay in the second cache beside their gradients. */
    private static final int WEIGHTS = 1 << 16;

    /** Queries of a tile of a sequence, a multiple of a vector. */
    private static int height(AttentionShape shape, int sequence) {
        boolean limited =
                shape.left() != AttentionShape.EVERYTHING
                        || shape.right() != AttentionShape.EVERYTHING;
        int most = limited ? WINDOWED : MOST;
        int fitting = WEIGHTS / Math.max(1, shape.keys(sequence)) / L * L;
        return Math.clamp(fitting, L, Math.max(L, most));
    }

    /** Works on the tiles of all query heads that read one head of the keys of a sequence. */
    static void each(AttentionShape shape, int s, int keyHead, Consumer<AttentionTile> work) {
        int height = height(shape, s);
        int perKey = shape.heads() / shape.keyHeads();
        for (int head = keyHead * perKey; head < (keyHead + 1) * perKey; head++) {
            for (int first = 0; first < shape.queries(s); first += height) {
                int queries = Math.min(height, shape.queries(s) - first);
                int from = shape.from(s, first);
                int keys = Math.max(0, shape.to(s, first + queries - 1) - from);
                work.accept(new AttentionTile(shape, s, keyHead, head, first, queries, from, keys));
            }
        }
    }

    /** Queries rounded up to whole vectors. */
    int padded() {
        return (queries + L - 1) / L * L;
    }

    /** One head of the rows of the tile's queries, so wide. */
    Matrix ofQueries(View x, int width) {
        return head(x, shape.queryOffsets()[sequence] + first, queries, head, width);
    }

    /** One head of the rows of the tile's keys, so wide. */
    Matrix ofKeys(View x, int width) {
        return head(x, shape.keyOffsets()[sequence] + from, keys, keyHead, width);
    }

    /** One head of the rows of all keys of a sequence, so wide. */
    static Matrix ofKeys(AttentionShape shape, int s, int keyHead, View x, int width) {
        return head(x, shape.keyOffsets()[s], shape.keys(s), keyHead, width);
    }

    private static Matrix head(View x, int row, int rows, int head, int width) {
        int step = x.strides()[0];
        int at = x.offset() + row * step + head * width;
        return new Matrix(floats(x.buffer()), at, rows, width, step, 1);
    }

    /** First query of the tile that sees a key of the tile; those before do not. */
    int seenFrom(int key) {
        return shape.right() == AttentionShape.EVERYTHING
                ? 0
                : Math.clamp((long) from + key - shape.right() - position(), 0, queries);
    }

    /** One past the last query of the tile that sees a key of the tile. */
    int seenTo(int key) {
        return shape.left() == AttentionShape.EVERYTHING
                ? queries
                : Math.clamp((long) from + key + shape.left() - position() + 1, 0, queries);
    }

    private long position() {
        return (long) shape.starts()[sequence] + first;
    }
}
