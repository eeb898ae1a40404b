/**
 * Eyes on a training: what its gradients, gates, states and attention heads do.
 *
 * <p>A {@link dev.unroll.watch.Watch} observes a step of a training now and then, and tells a
 * {@link dev.unroll.watch.Diagnosis} of each. {@link dev.unroll.watch.Verdict} says in a line
 * whether gradients vanish or explode, units are dead, or activations are saturated. Weights,
 * random numbers and results are the same bits with and without a watch.
 */
@NullMarked
package dev.unroll.watch;

import org.jspecify.annotations.NullMarked;
