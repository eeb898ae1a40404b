/** Heaps that are too small. */
@NullMarked
package dev.unroll.faults.memory;

import org.jspecify.annotations.NullMarked;
