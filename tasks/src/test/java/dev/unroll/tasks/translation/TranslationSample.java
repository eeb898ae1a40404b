package dev.unroll.tasks.translation;

import static dev.unroll.tasks.registry.TaskSample.many;
import static dev.unroll.tasks.registry.TaskSample.yaml;

import dev.unroll.data.Corpus;
import dev.unroll.data.Pair;
import dev.unroll.tasks.registry.TaskSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A small training of {@link TranslationTask}, to hold it to the contract of all tasks. */
public final class TranslationSample implements TaskSample.Maker {
    @Override
    public TaskSample<?, ?, ?, ?> make(Path folder) throws IOException {
        return new TaskSample<>(
                TranslationTask.TASK,
                yaml("translate", "data: {set: own}\ntokenizer: {kind: characters}\n"),
                Corpus.of("pairs", many(60, i -> new Pair("a" + i, i + "b"))),
                List.of("a1", "a23", ""),
                "model.hidden=9");
    }
}
