package dev.unroll.backend;

import org.jspecify.annotations.Nullable;

/**
 * Attention whose weights are plain products of queries and keys, so that a state of constant size
 * stands for all keys before (Katharopoulos et al. 2020, section 3.2). In every head
 *
 * <pre>
 *   weight(t, s) = g(s+1)·g(s+2)·…·g(t) · (q(t)·k(s))        s ≤ t, where causal
 *   y(t) = Σ weight(t, s)·v(s) / (Σ weight(t, s) + ε)        divided only where normalised
 * </pre>
 *
 * with a decay g in [0, 1] of each step and head: 1 everywhere (Katharopoulos et al.), one number a
 * head (RetNet, Sun et al. 2023, eq. 3), or made from the data (Mamba-2, Dao and Gu 2024, section
 * 4; GLA, Yang et al. 2024). The same as a recurrence, with S(0) = 0 and z(0) = 0:
 *
 * <pre>
 *   S(t) = g(t)·S(t−1) + k(t)·v(t)ᵀ     z(t) = g(t)·z(t−1) + k(t)     y(t) = S(t)ᵀq(t) / (z(t)·q(t) + ε)
 * </pre>
 *
 * Without causality every query sees every key of its sequence, and nothing decays. Work and memory
 * grow with the number of tokens, not with its square.
 */
public interface LinearAttentionOperations {
    /** ε, for queries that are 0 to within rounding; it is that of the authors' code. */
    float EPSILON = 1e-6f;

    /**
     * Queries, keys, values and decays, or their gradients. The numbers of a row of q, k and v lie
     * one after another; rows may be apart.
     *
     * @param q [tokens, heads·width]
     * @param k [tokens, keyHeads·width]
     * @param v [tokens, keyHeads·valueWidth]
     * @param logDecays [tokens, heads], any strides: ln g ≤ 0, also −∞; null for g = 1 everywhere,
     *     and always null without causality. As a gradient: null if it is not wanted
     */
    record Operands(View q, View k, View v, @Nullable View logDecays) {}

    /**
     * @param y [tokens, heads·valueWidth], written
     * @param sums [tokens, heads], written for the derivative where normalised: Σ weight(t, s) + ε
     */
    void attend(LinearAttentionShape shape, Operands x, View y, View sums);

    /**
     * The gradients of queries, keys, values and decays.
     *
     * @param y as {@link #attend} wrote it
     * @param sums as {@link #attend} wrote them
     * @param dy [tokens, heads·valueWidth]
     * @param dx written; the gradient of ln g of a sequence's first token is 0
     */
    void attendBackward(
            LinearAttentionShape shape, Operands x, View y, View sums, View dy, Operands dx);

    /**
     * The states that sequences end with: head after head S [width, valueWidth] and then z [width].
     *
     * @param x its queries are not read
     * @param states [batch, heads·width·(valueWidth + 1)], written
     */
    void states(LinearAttentionShape shape, Operands x, View states);

    /**
     * One more token of each hypothesis.
     *
     * @param parents [rows]: hypothesis r goes on from the state in row parents[r]
     * @param x of rows tokens
     * @param before states as {@link #states} writes them, any number of rows
     * @param after [rows, heads·width·(valueWidth + 1)], written; apart from the states before
     * @param y [rows, heads·valueWidth], written
     */
    void step(
            LinearAttentionHeads heads, int[] parents, Operands x, View before, View after, View y);
}
