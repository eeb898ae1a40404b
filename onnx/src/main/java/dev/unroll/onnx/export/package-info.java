/**
 * Trained models as ONNX files: {@link dev.unroll.onnx.export.OnnxExport}. Each kind of layer says
 * what it is in ONNX's operations; a layer that cannot be said so is refused by name.
 */
@NullMarked
package dev.unroll.onnx.export;

import org.jspecify.annotations.NullMarked;
