/** The first calls of a process: how long they take until the compiler has done its work. */
@NullMarked
package dev.unroll.bench.first;

import org.jspecify.annotations.NullMarked;
