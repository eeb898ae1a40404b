/**
 * Small programs on the public API, one idea each; {@code docs/your-own-model.md} tells about them.
 */
@NullMarked
package dev.unroll.examples;

import org.jspecify.annotations.NullMarked;
