/** Pre-tokenizers, which cut a text into the pieces that a model sees. */
@NullMarked
package dev.unroll.text.pipeline.pretokenize;

import org.jspecify.annotations.NullMarked;
