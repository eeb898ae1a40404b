package dev.unroll.decode;

/**
 * What comes next, from a network that can say which tokens are likeliest without handing out whole
 * rows. Greedy and beam search ask it for no more than they need; sampling for {@link #after}
 * alone. One search calls either the one or the other.
 */
public interface RankedNextToken extends NextToken {

    /**
     * The same step as {@link #after}, and of its result only the likeliest tokens.
     *
     * @param parents [rows], as in {@link #after}
     * @param tokens [rows], as in {@link #after}
     * @param count wanted of each row, at least 1
     * @return the likeliest tokens of each row
     */
    Ranked likeliest(int[] parents, int[] tokens, int count);
}
