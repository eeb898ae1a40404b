/**
 * Growth of the cost of a token with length, batch, width and threads.
 *
 * <p>Whole training steps of language models are timed, drawn as charts and written as a table.
 */
@NullMarked
package dev.unroll.bench.growth;

import org.jspecify.annotations.NullMarked;
