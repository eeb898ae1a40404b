/**
 * Tokenizers and vocabularies: text in, numbers out.
 *
 * <p>A {@link dev.unroll.text.Tokenizer} is trained once on example texts, never changes
 * afterwards, and may be used by any number of threads at once.
 */
@NullMarked
package dev.unroll.text;

import org.jspecify.annotations.NullMarked;
