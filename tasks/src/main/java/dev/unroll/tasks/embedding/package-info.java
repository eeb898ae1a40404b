/**
 * Texts as vectors, by encoders that others trained, as they are or trained on by pairs of texts.
 *
 * <p>{@link dev.unroll.tasks.embedding.TextEncoder} is loaded from a model's files or from a run of
 * {@link dev.unroll.tasks.embedding.EmbeddingTask}.
 */
@NullMarked
package dev.unroll.tasks.embedding;

import org.jspecify.annotations.NullMarked;
