package dev.unroll.tasks.tagging;

import static dev.unroll.tasks.registry.TaskSample.many;
import static dev.unroll.tasks.registry.TaskSample.yaml;

import dev.unroll.data.Corpus;
import dev.unroll.data.TaggedSentence;
import dev.unroll.tasks.registry.TaskSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A small training of {@link TaggingTask}, to hold it to the contract of all tasks. */
public final class TaggingSample implements TaskSample.Maker {
    @Override
    public TaskSample<?, ?, ?, ?> make(Path folder) throws IOException {
        return new TaskSample<>(
                TaggingTask.TASK,
                yaml("tag", "data: {set: own}\nwords: {characterWidth: 4, hidden: 4}\n"),
                Corpus.of(
                                "sentences",
                                many(
                                        60,
                                        i ->
                                                new TaggedSentence(
                                                        List.of("to", "walk" + i % 7),
                                                        List.of("SMALL", "VERB"))))
                        .labelled(List.of("SMALL", "VERB")),
                List.of(List.of("to", "walk"), List.of("so")),
                "words.hidden=5");
    }
}
