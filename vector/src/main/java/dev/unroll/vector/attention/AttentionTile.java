package dev.unroll.vector.attention;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;

import dev.unroll.backend.AttentionDropout;
import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.View;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.vector.gemm.Matrix;
import java.util.function.Consumer;

/**
 * One head of some neighbouring queries of one sequence, and the keys that any of them sees: tiles
 * of keys of which none is seen are never computed.
 *
 * @param sequence number of the sequence
 * @param keyHead head of the keys
 * @param head of the queries
 * @param first query within the sequence
 * @param queries how many
 * @param visited the keys that are looked at
 */
record AttentionTile(
        AttentionShape shape,
        int sequence,
        int keyHead,
        int head,
        int first,
        int queries,
        VisitedTiles visited) {
    /** The most queries of a tile. */
    static final int MOST = 64;

    /** With a mask: smaller tiles leave out more of what nobody sees. */
    static final int MASKED = 32;

    /** Weights of a tile that stay in the second cache beside their gradients. */
    private static final int WEIGHTS = 1 << 16;

    /** Tiles are a multiple of so many queries: a vector, and what dropout draws together. */
    private static int step(AttentionShape shape) {
        return shape.dropout().acts() ? Math.max(L, AttentionDropout.QUERIES) : L;
    }

    /** Queries of a tile of a sequence, a multiple of a step. */
    private static int height(Mask mask, int keys, int step) {
        if (!mask.equals(Masks.NONE)) {
            return Math.max(step, MASKED);
        }
        int fitting = WEIGHTS / Math.max(1, keys) / step * step;
        return Math.clamp(fitting, step, Math.max(step, MOST));
    }

    /** Works on the tiles of all query heads that read one head of the keys of a sequence. */
    static void each(AttentionShape shape, int s, int keyHead, Consumer<AttentionTile> work) {
        VisitedTiles visited = AttentionScratch.own().visited;
        int perKey = shape.heads() / shape.keyHeads();
        int keys = shape.keys(s);
        for (int head = keyHead * perKey; head < (keyHead + 1) * perKey; head++) {
            Mask mask = shape.mask(head);
            int height = height(mask, keys, step(shape));
            for (int first = 0; first < shape.queries(s); first += height) {
                int queries = Math.min(height, shape.queries(s) - first);
                visited.find(mask, shape.starts()[s] + first, queries, keys);
                work.accept(new AttentionTile(shape, s, keyHead, head, first, queries, visited));
            }
        }
    }

    /** How many keys are looked at. */
    int keys() {
        return visited.keys();
    }

    /** Queries rounded up to whole steps. */
    int padded() {
        int step = step(shape);
        return (queries + step - 1) / step * step;
    }

    /** One head of the rows of the tile's queries, so wide. */
    Matrix ofQueries(View x, int width) {
        return head(x, shape.queryOffsets()[sequence] + first, queries, head, width);
    }

    /** One head of the rows of the keys of a run, so wide. */
    Matrix ofKeys(int run, View x, int width) {
        int row = shape.keyOffsets()[sequence] + visited.from(run);
        return head(x, row, visited.count(run), keyHead, width);
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
}
