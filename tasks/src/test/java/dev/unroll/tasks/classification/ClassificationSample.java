package dev.unroll.tasks.classification;

import static dev.unroll.tasks.registry.TaskSample.many;
import static dev.unroll.tasks.registry.TaskSample.yaml;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.tasks.registry.TaskSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A small training of {@link ClassificationTask}, to hold it to the contract of all tasks. */
public final class ClassificationSample implements TaskSample.Maker {
    @Override
    public TaskSample<?, ?, ?, ?> make(Path folder) throws IOException {
        return new TaskSample<>(
                ClassificationTask.TASK,
                yaml("classify", "data: {set: own}\ntokenizer: {kind: words}\n"),
                Corpus.of(
                                "texts",
                                many(
                                        60,
                                        i ->
                                                new LabelledText(
                                                        i % 3 == 0 ? "fizz" : "no",
                                                        i % 3 == 0 ? "a b " + i : "c " + i)))
                        .labelled(List.of("fizz", "no")),
                List.of("a b", "c c c", ""),
                "pooling=mean");
    }
}
