/**
 * Texts as vectors, by encoders that others trained.
 *
 * <p>{@link dev.unroll.tasks.embedding.TextEncoder} is loaded from a model's files.
 */
@NullMarked
package dev.unroll.tasks.embedding;

import org.jspecify.annotations.NullMarked;
