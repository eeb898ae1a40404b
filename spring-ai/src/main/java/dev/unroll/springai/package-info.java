/** Spring AI's embedding model, computed by Unroll and configured by Spring Boot. */
@NullMarked
package dev.unroll.springai;

import org.jspecify.annotations.NullMarked;
