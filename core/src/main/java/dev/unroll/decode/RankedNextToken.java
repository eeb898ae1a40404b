package dev.unroll.decode;

/**
 * What comes next, from a network that can say which tokens are most probable without handing out
 * whole rows. Greedy and beam search ask it for no more than they need; sampling asks for {@link
 * #after} alone. One search calls either the one or the other.
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
