/**
 * Tokenizers as Hugging Face's {@code tokenizer.json}, which other tools read too.
 *
 * <p>Reading refuses a file that asks for steps which no tokenizer of {@link dev.unroll.text}
 * takes, and names the step.
 */
@NullMarked
package dev.unroll.formats.tokenizer;

import org.jspecify.annotations.NullMarked;
