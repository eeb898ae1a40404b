/** Data sets: where each comes from, how it gets here, and how it is read. */
@NullMarked
package dev.unroll.tasks.data;

import org.jspecify.annotations.NullMarked;
