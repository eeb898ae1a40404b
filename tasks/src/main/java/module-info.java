/** Recipes, data sets, run folders and the models that do a job. */
module dev.unroll.tasks {
    requires static org.jspecify;
    requires transitive dev.unroll.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports dev.unroll.tasks.data;
    exports dev.unroll.tasks.metrics;
    exports dev.unroll.tasks.text;
}
