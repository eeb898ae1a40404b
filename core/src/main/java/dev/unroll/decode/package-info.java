/**
 * Greedy, beam and sampling search over "what comes next".
 *
 * <p>A search sees a network only through {@link dev.unroll.decode.NextToken}; it knows neither
 * tensors nor text. {@link dev.unroll.decode.Search} is the closed set of searches, each a record
 * of its options.
 */
@NullMarked
package dev.unroll.decode;

import org.jspecify.annotations.NullMarked;
