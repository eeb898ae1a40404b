package dev.unroll.decode;

/**
 * The scores of the next token, from a network that can tell the most probable tokens without
 * handing out whole rows. Greedy and beam search ask it for no more than they need; sampling asks
 * for {@link #after} alone. A search calls either of the two, not both.
 */
public interface RankedNextToken extends NextToken {

    /**
     * Appends one token to each row, as {@link #after} does, and gives the most probable next
     * tokens alone.
     *
     * @param parents [rows], as in {@link #after}
     * @param tokens [rows], as in {@link #after}
     * @param count wanted of each row, at least 1
     * @return the likeliest tokens of each row
     */
    TopK topK(int[] parents, int[] tokens, int count);
}
