package dev.unroll.text.pipeline;

import java.util.Arrays;

/** Tokens of a text as they are found. Grows as needed; for use by one thread. */
public final class TokenList {

    private int[] ids = new int[32];
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int size;

    /** An empty list. */
    public TokenList() {}

    /**
     * Adds a token.
     *
     * @param id of the token
     * @param piece in which it stands
     * @param from its first UTF-16 unit in the piece
     * @param to behind its last
     */
    public void add(int id, AlignedText piece, int from, int to) {
        if (from == to) {
            int place = piece.isEmpty() ? 0 : piece.start(Math.min(from, piece.length() - 1));
            add(id, place, place);
        } else {
            add(id, piece.start(from), piece.end(to - 1));
        }
    }

    /**
     * Adds a token.
     *
     * @param id of the token
     * @param start in the original text
     * @param end in the original text
     */
    public void add(int id, int start, int end) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        ids[size] = id;
        starts[size] = start;
        ends[size++] = end;
    }

    /** {@return how many tokens there are} */
    public int size() {
        return size;
    }

    /** {@return the ids, a copy} */
    public int[] ids() {
        return Arrays.copyOf(ids, size);
    }

    /** {@return where each token begins in the original text, a copy} */
    public int[] starts() {
        return Arrays.copyOf(starts, size);
    }

    /** {@return where each token ends in the original text, a copy} */
    public int[] ends() {
        return Arrays.copyOf(ends, size);
    }
}
