/**
 * A training's course as event files, which TensorBoard shows: scalars, histograms of weights and
 * gradients, and images of attention maps.
 *
 * <p>{@link dev.unroll.tensorboard.TensorBoardLog} listens to a training and to its {@link
 * dev.unroll.watch.Watch}; {@link dev.unroll.tensorboard.EventFile} writes any numbers.
 */
@NullMarked
package dev.unroll.tensorboard;

import org.jspecify.annotations.NullMarked;
