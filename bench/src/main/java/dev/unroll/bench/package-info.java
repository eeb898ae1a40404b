/**
 * Comparisons with other engines, run by {@code unroll bench}.
 *
 * <p>A {@link dev.unroll.bench.Work} has two {@link dev.unroll.bench.Contestant}s that do the same
 * work in turn, in one process, after their numbers have been compared. {@code mvn -Pbench package}
 * builds the module; nothing else may depend on it.
 */
@NullMarked
package dev.unroll.bench;

import org.jspecify.annotations.NullMarked;
