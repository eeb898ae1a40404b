/** ONNX files as pretrained weights; found by {@link java.util.ServiceLoader}. */
@NullMarked
package dev.unroll.onnx.pretrained;

import org.jspecify.annotations.NullMarked;
