/** Weights as files that other tools read: safetensors, with PyTorch's names. */
@NullMarked
package dev.unroll.tasks.weights;

import org.jspecify.annotations.NullMarked;
