/** Tensors, derivatives, layers, training and decoding, on nothing but the JDK. */
module dev.unroll.core {
    requires static org.jspecify;

    exports dev.unroll.backend;
    exports dev.unroll.data;
    exports dev.unroll.decode;
    exports dev.unroll.nn;
    exports dev.unroll.train;
    exports dev.unroll.tensor;
    exports dev.unroll.text;

    uses dev.unroll.backend.BackendProvider;
    uses dev.unroll.nn.CellKind;

    provides dev.unroll.backend.BackendProvider with
            dev.unroll.backend.ScalarBackendProvider;
}
