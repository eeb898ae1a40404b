/** Embedding sentences with a pretrained encoder, beside ONNX Runtime. */
@NullMarked
package dev.unroll.bench.embed;

import org.jspecify.annotations.NullMarked;
