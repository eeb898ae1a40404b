/**
 * Greedy, beam and sampling search for the next tokens.
 *
 * <p>A search sees a network only through {@link dev.unroll.decode.NextToken}; it knows neither
 * tensors nor text. Each {@link dev.unroll.decode.Search} is a record of its options.
 */
@NullMarked
package dev.unroll.decode;

import org.jspecify.annotations.NullMarked;
