/**
 * The reference backend: plain loops on one thread, written to be read. Every other backend is held
 * equal to it by a test.
 */
@NullMarked
package dev.unroll.backend.scalar;

import org.jspecify.annotations.NullMarked;
