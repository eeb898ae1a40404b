/**
 * What Unroll does when something goes wrong, run by {@code unroll faults}: kills, full disks,
 * damaged files, too little memory, inputs that nobody meant, and long runs.
 *
 * <p>A {@link dev.unroll.faults.Part} makes faults of one kind and holds Unroll to what {@code
 * docs/reliability.md} promises. {@code mvn -Pfaults package} builds the module; nothing else may
 * depend on it.
 */
@NullMarked
package dev.unroll.faults;

import org.jspecify.annotations.NullMarked;
