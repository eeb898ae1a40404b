/** Tensors, derivatives, layers, training and decoding, on nothing but the JDK. */
@SuppressWarnings("module") // the modules that may look inside are built later
module dev.unroll.core {
    requires static org.jspecify;

    exports dev.unroll.backend;
    exports dev.unroll.backend.scalar to
            dev.unroll.vector;
    exports dev.unroll.decode;
    exports dev.unroll.mask;
    exports dev.unroll.memory to
            dev.unroll.cli,
            dev.unroll.lab,
            dev.unroll.tasks,
            dev.unroll.vector;
    exports dev.unroll.nn;
    exports dev.unroll.nn.attention;
    exports dev.unroll.nn.image;
    exports dev.unroll.nn.layers;
    exports dev.unroll.nn.models;
    exports dev.unroll.nn.recurrent;
    exports dev.unroll.nn.transformer;
    exports dev.unroll.random;
    exports dev.unroll.services to
            dev.unroll.data,
            dev.unroll.tasks;
    exports dev.unroll.tensor;
    exports dev.unroll.text;
    exports dev.unroll.text.pipeline;
    exports dev.unroll.text.pipeline.decode;
    exports dev.unroll.text.pipeline.model;
    exports dev.unroll.text.pipeline.normalize;
    exports dev.unroll.text.pipeline.postprocess;
    exports dev.unroll.text.pipeline.pretokenize;
    exports dev.unroll.train;
    exports dev.unroll.watch;

    uses dev.unroll.backend.BackendProvider;
    uses dev.unroll.nn.recurrent.CellKind;

    provides dev.unroll.backend.BackendProvider with
            dev.unroll.backend.scalar.ScalarBackendProvider;
}
