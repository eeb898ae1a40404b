/**
 * Classification: a class for each text, with its probability (many to one).
 *
 * <p>A prediction can be explained by what each word contributed to it, as the word was typed.
 */
@NullMarked
package dev.unroll.tasks.classification;

import org.jspecify.annotations.NullMarked;
