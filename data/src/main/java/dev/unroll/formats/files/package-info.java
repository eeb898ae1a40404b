/**
 * Files that are written whole or not at all.
 *
 * <p>{@link dev.unroll.formats.files.WholeFile} writes beside the target and then renames, so a
 * reader sees the old content or the new one, and never a part. Weights, tokenizers and checkpoints
 * are written through it.
 */
@NullMarked
package dev.unroll.formats.files;

import org.jspecify.annotations.NullMarked;
