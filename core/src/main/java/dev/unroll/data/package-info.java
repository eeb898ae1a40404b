/** Batches: sequences laid end to end. */
@NullMarked
package dev.unroll.data;

import org.jspecify.annotations.NullMarked;
