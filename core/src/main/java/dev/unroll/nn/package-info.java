/**
 * Layers and networks, each a record whose components are its parameters.
 *
 * <p>A layer reads as its formula: {@code forward} computes whole sequences, and a recurrent cell
 * has {@code step} for one step of time. No layer remembers anything; {@link dev.unroll.nn.Mode} is
 * passed with each call. {@link dev.unroll.nn.Parameters} finds the parameters of a model by
 * walking its records, and {@link dev.unroll.nn.Seed} draws the first weights.
 */
@NullMarked
package dev.unroll.nn;

import org.jspecify.annotations.NullMarked;
