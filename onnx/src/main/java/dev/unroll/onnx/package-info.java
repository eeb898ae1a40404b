/**
 * Models in the ONNX format. {@link dev.unroll.onnx.OnnxModel} reads a file's graph and constants,
 * {@link dev.unroll.onnx.OnnxWeights} gives the constants under the names that they had in PyTorch,
 * and {@link dev.unroll.onnx.OnnxLayers} makes Unroll's layers of nodes.
 */
@NullMarked
package dev.unroll.onnx;

import org.jspecify.annotations.NullMarked;
