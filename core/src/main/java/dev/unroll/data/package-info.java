/**
 * Batches of examples by a budget of tokens.
 *
 * <p>{@link dev.unroll.data.Batches} says which examples are trained on together, as a pure
 * function of their lengths, the budget, a seed and the epoch. The package knows numbers only, and
 * no tensors.
 */
@NullMarked
package dev.unroll.data;

import org.jspecify.annotations.NullMarked;
