/**
 * Weights as files that other tools read: safetensors.
 *
 * <p>{@link dev.unroll.formats.safetensors.Weights} saves the parameters of a model under the names
 * of its record's components, in PyTorch's layouts, and refuses to load a file whose names or
 * shapes are not the model's, listing every difference.
 */
@NullMarked
package dev.unroll.formats.safetensors;

import org.jspecify.annotations.NullMarked;
