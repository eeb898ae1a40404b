/** Benchmarks; {@code mvn -Pbench package} builds them. */
@NullMarked
package dev.unroll.bench;

import org.jspecify.annotations.NullMarked;
