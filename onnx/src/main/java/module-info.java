/** Models out of ONNX files and into them. */
module dev.unroll.onnx {
    requires static org.jspecify;
    requires transitive dev.unroll.core;
    requires dev.unroll.data;

    exports dev.unroll.onnx;
    exports dev.unroll.onnx.export;
}
