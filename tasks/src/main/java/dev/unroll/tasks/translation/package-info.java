/**
 * Translation: one sequence is read, another one written (many to many, shifted).
 *
 * <p>An encoder reads the source sentence and a decoder writes the target token by token, by greedy
 * or beam search. Source and target share one tokenizer and one embedding.
 */
@NullMarked
package dev.unroll.tasks.translation;

import org.jspecify.annotations.NullMarked;
