package dev.unroll.tasks.regression;

import static dev.unroll.tasks.registry.TaskSample.many;
import static dev.unroll.tasks.registry.TaskSample.yaml;

import dev.unroll.data.Corpus;
import dev.unroll.tasks.registry.TaskSample;
import java.nio.file.Path;
import java.util.List;

/** A small training of {@link RegressionTask}, to hold it to the contract of all tasks. */
public final class RegressionSample implements TaskSample.Maker {
    @Override
    public TaskSample<?, ?, ?, ?> make(Path folder) {
        return new TaskSample<>(
                RegressionTask.TASK,
                yaml("regress", "data: {}\ntokenizer: {kind: words}\n"),
                Corpus.of("texts", many(60, i -> new TextValue("a ".repeat(i % 5) + "b", i % 5))),
                List.of("a b", "a a a b", ""),
                "pooling=mean");
    }
}
