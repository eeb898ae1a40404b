/** Clocks that jump. */
@NullMarked
package dev.unroll.faults.clocks;

import org.jspecify.annotations.NullMarked;
