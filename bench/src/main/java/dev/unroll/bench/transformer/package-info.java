/**
 * Training Transformers, beside PyTorch.
 *
 * <p>Batches have equal lengths, or are those of Multi30k, which PyTorch pads.
 */
@NullMarked
package dev.unroll.bench.transformer;

import org.jspecify.annotations.NullMarked;
