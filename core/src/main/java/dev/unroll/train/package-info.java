/** Training loops, optimisers and schedules. */
@NullMarked
package dev.unroll.train;

import org.jspecify.annotations.NullMarked;
