/**
 * The only access to memory and arithmetic.
 *
 * <p>A {@link dev.unroll.backend.Backend} hands out groups of operations on {@link
 * dev.unroll.backend.Buffer}s, whose numbers are addressed through a {@link
 * dev.unroll.backend.View}. No package above looks into a buffer. {@link
 * dev.unroll.backend.Backends} finds the backends of a process by {@link java.util.ServiceLoader}
 * and chooses one; the scalar backend in plain loops is always there and is the reference of the
 * conformance suite.
 */
@NullMarked
package dev.unroll.backend;

import org.jspecify.annotations.NullMarked;
