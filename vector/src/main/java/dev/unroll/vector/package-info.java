/**
 * The backend on the JDK's Vector API: {@link dev.unroll.vector.VectorBackendProvider} offers it to
 * {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.unroll.vector;

import org.jspecify.annotations.NullMarked;
