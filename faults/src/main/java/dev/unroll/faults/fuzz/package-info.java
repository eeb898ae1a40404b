/** Readers that are given inputs nobody meant. */
@NullMarked
package dev.unroll.faults.fuzz;

import org.jspecify.annotations.NullMarked;
