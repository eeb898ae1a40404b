/** How the cost of a token grows with length, batch, width and threads. */
@NullMarked
package dev.unroll.bench.growth;

import org.jspecify.annotations.NullMarked;
