/**
 * The backend on the JDK's Vector API.
 *
 * <p>Found by {@link java.util.ServiceLoader} where the module {@code jdk.incubator.vector} is
 * there, and chosen before the scalar backend. Every kernel computes a number in one order,
 * whatever the number of threads; the design and the compiler's rules stand in docs/kernels.md.
 */
@NullMarked
package dev.unroll.vector;

import org.jspecify.annotations.NullMarked;
