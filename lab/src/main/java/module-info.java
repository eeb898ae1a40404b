/** Experiments that measure what recurrent networks and Transformers do. */
module dev.unroll.lab {
    requires static org.jspecify;
    requires transitive dev.unroll.data;
    requires transitive dev.unroll.pages;

    exports dev.unroll.lab;
    exports dev.unroll.lab.experiments;
    exports dev.unroll.lab.kit;
    exports dev.unroll.lab.site;
}
