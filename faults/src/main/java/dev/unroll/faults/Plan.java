package dev.unroll.faults;

import java.nio.file.Path;

/**
 * How much is done.
 *
 * @param seed of everything that is drawn
 * @param kills of processes
 * @param cases of mutated inputs, over all readers
 * @param minutes of training and predicting in one process
 * @param folder an empty folder of this run's own, for its files
 * @param kept where inputs that broke a rule are kept
 */
public record Plan(long seed, int kills, long cases, double minutes, Path folder, Path kept) {}
