/** Models out of ONNX files and into them. */
module dev.unroll.onnx {
    requires static org.jspecify;
    requires transitive dev.unroll.core;
    requires dev.unroll.data;
    requires dev.unroll.pretrained;

    exports dev.unroll.onnx;
    exports dev.unroll.onnx.export;

    provides dev.unroll.pretrained.weights.WeightsFormat with
            dev.unroll.onnx.pretrained.OnnxWeightsFormat;
}
