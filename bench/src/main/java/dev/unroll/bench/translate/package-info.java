/** Translating with a trained Transformer. */
@NullMarked
package dev.unroll.bench.translate;

import org.jspecify.annotations.NullMarked;
