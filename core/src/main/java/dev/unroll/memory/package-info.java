/**
 * Memory on the Java heap: buffers that belong to one computation, and the pool that their arrays
 * go back to.
 */
@NullMarked
package dev.unroll.memory;

import org.jspecify.annotations.NullMarked;
