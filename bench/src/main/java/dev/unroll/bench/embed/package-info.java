/**
 * Embedding sentences with a pretrained encoder, beside ONNX Runtime.
 *
 * <p>Both sides read the weights of all-MiniLM-L6-v2 from its published file.
 */
@NullMarked
package dev.unroll.bench.embed;

import org.jspecify.annotations.NullMarked;
