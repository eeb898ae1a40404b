/**
 * The lanes of the machine's vectors, sums in a fixed order, threads that wait for work, and loops
 * for a process that has only just begun.
 */
@NullMarked
package dev.unroll.vector.base;

import org.jspecify.annotations.NullMarked;
