package dev.unroll.text.pipeline.model;

import dev.unroll.text.pipeline.AlignedText;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the tokens of short pieces. It has a fixed number of places, in each of which the
 * latest piece replaces the one before; any number of threads may use it, and lose a piece to each
 * other now and then.
 */
final class PieceCache {

    /** Longer pieces are not remembered. */
    static final int LONGEST = 32;

    private static final int PLACES = 1 << 14;

    private final Piece[] pieces = new Piece[PLACES];

    /**
     * The tokens of a piece.
     *
     * @param text of the piece
     * @param hash of the text
     * @param ids of its tokens
     * @param ends behind its tokens
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Piece(String text, long hash, int[] ids, int[] ends) {}

    private static int place(long hash) {
        return (int) (hash * 0x9E3779B97F4A7C15L >>> 40) & PLACES - 1;
    }

    @Nullable Piece find(AlignedText text, int from, int to, long hash) {
        Piece piece = pieces[place(hash)];
        if (piece == null || piece.hash != hash || piece.text.length() != to - from) {
            return null;
        }
        for (int i = from; i < to; i++) {
            if (piece.text.charAt(i - from) != text.charAt(i)) {
                return null;
            }
        }
        return piece;
    }

    void put(Piece piece) {
        pieces[place(piece.hash)] = piece;
    }
}
