/** Whole recurrences: gates, their derivatives, and sequences spread over threads. */
@NullMarked
package dev.unroll.vector.recurrent;

import org.jspecify.annotations.NullMarked;
