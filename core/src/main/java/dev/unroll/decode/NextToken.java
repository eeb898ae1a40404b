package dev.unroll.decode;

/**
 * The scores of the next token: all that a search knows of a network.
 *
 * <p>The network keeps one state a row (hidden states, cached keys and values) from call to call;
 * an instance serves one search. Several rows may continue the same parent (a beam that branches),
 * and a row that no parent names is never asked for again, so its state can go.
 */
@FunctionalInterface
public interface NextToken {

    /**
     * Appends one token to each row and says what may follow it.
     *
     * @param parents [rows]; row r of the new state continues row {@code parents[r]} of the state
     *     that the previous call left. In the first call these are the sentences 0, 1, 2, ...
     * @param tokens [rows]; the token appended to each row; in the first call the start token
     * @return [rows][vocabulary], the natural logarithms of the probabilities of the next token: at
     *     most 0, negative infinity for a token that must not come. The search does not keep or
     *     change the arrays, so the next call may use them again.
     */
    float[][] after(int[] parents, int[] tokens);
}
