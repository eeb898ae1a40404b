/** Models that others trained, read from their files. */
module dev.unroll.pretrained {
    requires static org.jspecify;
    requires transitive dev.unroll.data;
    requires tools.jackson.databind;

    exports dev.unroll.pretrained;
    exports dev.unroll.pretrained.architecture;
    exports dev.unroll.pretrained.network;
    exports dev.unroll.pretrained.weights;

    uses dev.unroll.pretrained.weights.WeightsFormat;
}
