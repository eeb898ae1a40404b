/** Attention over whole sequences, a tile of queries at a time. */
@NullMarked
package dev.unroll.vector.attention;

import org.jspecify.annotations.NullMarked;
