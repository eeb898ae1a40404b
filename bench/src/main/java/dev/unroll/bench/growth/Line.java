package dev.unroll.bench.growth;

import java.util.List;

/**
 * Microseconds a token along an axis.
 *
 * @param axis what was varied
 * @param network of what kind
 * @param threads that worked
 * @param microseconds median of a whole training step, by its tokens; one for each of the axis'
 *     values, as far as the network goes
 */
record Line(Axis axis, Network network, int threads, List<Double> microseconds) {}
