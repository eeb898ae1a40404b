/** Training Transformers. */
@NullMarked
package dev.unroll.bench.transformer;

import org.jspecify.annotations.NullMarked;
