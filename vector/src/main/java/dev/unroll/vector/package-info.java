/** The backend on the JDK's Vector API. */
@NullMarked
package dev.unroll.vector;

import org.jspecify.annotations.NullMarked;
