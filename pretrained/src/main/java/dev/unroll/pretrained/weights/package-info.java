/**
 * The weights of pretrained models, by the names of Hugging Face's transformers.
 *
 * <p>{@link dev.unroll.pretrained.weights.NamedParameters} makes layers out of {@link
 * dev.unroll.pretrained.weights.NamedWeights} and notes which parameter is which array, so that the
 * same names are written again. A {@link dev.unroll.pretrained.weights.WeightsFormat} brings
 * another kind of file.
 */
@NullMarked
package dev.unroll.pretrained.weights;

import org.jspecify.annotations.NullMarked;
