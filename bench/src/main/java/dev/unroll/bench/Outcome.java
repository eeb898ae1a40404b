package dev.unroll.bench;

/**
 * The result of a comparison.
 *
 * @param work its name
 * @param peer the other engine
 * @param unit of {@code ours} and {@code theirs}; more is better
 * @param ours median over the rounds
 * @param theirs median over the rounds, with the number of threads that did best
 * @param ratio ours / theirs
 * @param theirThreads the number of threads that did best
 * @param ourNumber what our side computed in its first run, such as the loss
 * @param theirNumber what theirs did
 */
public record Outcome(
        String work,
        String peer,
        String unit,
        double ours,
        double theirs,
        double ratio,
        int theirThreads,
        double ourNumber,
        double theirNumber) {}
