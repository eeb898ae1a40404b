/**
 * Recipes, run folders, and a package for each task. It is open, because recipes and fitted files
 * are records in any of its packages, which Jackson reads.
 */
@SuppressWarnings("NotJavadoc") // Error Prone takes the comment of an open module for none
open module dev.unroll.tasks {
    requires static org.jspecify;
    requires transitive dev.unroll.data;
    requires transitive dev.unroll.pretrained;
    requires com.fasterxml.jackson.annotation;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports dev.unroll.tasks;
    exports dev.unroll.tasks.captioning;
    exports dev.unroll.tasks.classification;
    exports dev.unroll.tasks.embedding;
    exports dev.unroll.tasks.frames;
    exports dev.unroll.tasks.language;
    exports dev.unroll.tasks.masks;
    exports dev.unroll.tasks.metrics;
    exports dev.unroll.tasks.model;
    exports dev.unroll.tasks.pairs;
    exports dev.unroll.tasks.recipe;
    exports dev.unroll.tasks.registry;
    exports dev.unroll.tasks.regression;
    exports dev.unroll.tasks.run;
    exports dev.unroll.tasks.tagging;
    exports dev.unroll.tasks.task;
    exports dev.unroll.tasks.translation;

    uses dev.unroll.tasks.task.Task;
}
