/** Tokenizers of pretrained models beside Hugging Face's own library. */
@NullMarked
package dev.unroll.bench.tokenize;

import org.jspecify.annotations.NullMarked;
