/**
 * Tensors, and each operation beside its derivative.
 *
 * <p>A {@link dev.unroll.tensor.Tensor} is a value. An operation checks the shapes, asks the
 * backend for the arithmetic, and records its derivative when {@link dev.unroll.tensor.Gradients}
 * is computing one. Sequences of different lengths lie end to end without padding: {@link
 * dev.unroll.tensor.Sequences} are rows with a {@link dev.unroll.tensor.Layout} of offsets.
 */
@NullMarked
package dev.unroll.tensor;

import org.jspecify.annotations.NullMarked;
