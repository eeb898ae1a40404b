/** Models out of ONNX files and into them. */
module dev.unroll.onnx {
    requires static org.jspecify;
    requires transitive dev.unroll.core;

    exports dev.unroll.onnx;
}
