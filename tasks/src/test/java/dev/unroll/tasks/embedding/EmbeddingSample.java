package dev.unroll.tasks.embedding;

import static dev.unroll.tasks.registry.TaskSample.many;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextPair;
import dev.unroll.tasks.model.TinyBert;
import dev.unroll.tasks.registry.TaskSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A small training of {@link EmbeddingTask}, to hold it to the contract of all tasks. */
public final class EmbeddingSample implements TaskSample.Maker {
    @Override
    public TaskSample<?, ?, ?, ?> make(Path folder) throws IOException {
        return new TaskSample<>(
                EmbeddingTask.TASK,
                """
                task: embed
                data: {set: own, maxTokens: 9}
                model: {pretrained: '%s'}
                temperature: 0.1
                training: {epochs: 3, batchTokens: 80, learningRate: 0.01, validation: {average: 2}}
                """
                        .formatted(TinyBert.write(folder.resolve("embedded"))),
                Corpus.of(
                        "pairs",
                        many(
                                60,
                                i ->
                                        new MatchingTexts(
                                                new TextPair("a " + i % 30, "b c " + i % 40),
                                                i % 3 == 0 ? "a b c" : null))),
                List.of("a 1", "b c 2 d e f", ""),
                "temperature=0.5");
    }
}
