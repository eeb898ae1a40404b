package dev.unroll.backend;

/** Ways to make one number of many. */
public enum Reduction {
    /** Σ; of nothing: 0 */
    SUM,
    /** the largest; of nothing: −∞ */
    MAX
}
