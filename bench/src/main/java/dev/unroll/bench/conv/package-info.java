/** Convolutions and what networks for pictures are made of. */
@NullMarked
package dev.unroll.bench.conv;

import org.jspecify.annotations.NullMarked;
