/** The one door to memory and arithmetic. */
@NullMarked
package dev.unroll.backend;

import org.jspecify.annotations.NullMarked;
