/**
 * Training loops, optimisers and schedules.
 *
 * <p>An {@link dev.unroll.train.Objective} says what is trained: the parameters, the batches and
 * the loss. {@link dev.unroll.train.Training} repeats steps over it, measures on the validation
 * set, and tells a listener what happens as {@link dev.unroll.train.TrainingEvent}s. What an {@link
 * dev.unroll.train.Optimiser} remembers is passed in and returned, so a training that was
 * interrupted goes on to the same bits.
 */
@NullMarked
package dev.unroll.train;

import org.jspecify.annotations.NullMarked;
