package dev.unroll.tasks.pairs;

import static dev.unroll.tasks.registry.TaskSample.many;
import static dev.unroll.tasks.registry.TaskSample.yaml;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextPair;
import dev.unroll.tasks.registry.TaskSample;
import java.nio.file.Path;
import java.util.List;

/** Small trainings of {@link PairTask}, to hold it to the contract of all tasks. */
public final class PairSample implements TaskSample.Maker {
    private static final List<TextPair> INPUTS =
            List.of(
                    new TextPair("a b", "a b"),
                    new TextPair("a b c d e f", "c"),
                    new TextPair("", "a"),
                    new TextPair("", ""));

    private static TextPair texts(int i) {
        return new TextPair("a b " + i, i % 3 == 0 ? "a b" : "c " + i);
    }

    @Override
    public TaskSample<?, ?, ?, ?> make(Path folder) {
        return new TaskSample<>(
                PairTask.TASK,
                yaml("pairs", "data: {set: own, maxTokens: 9}\ntokenizer: {kind: words}\n"),
                Corpus.of(
                                "pairs",
                                many(
                                        60,
                                        i ->
                                                new PairExample(
                                                        texts(i),
                                                        new PairExample.Label(
                                                                i % 3 == 0 ? "same" : "other"))))
                        .labelled(List.of("other", "same")),
                INPUTS,
                "pooling=mean");
    }

    /** A training that learns values. */
    public static TaskSample<?, ?, ?, ?> ofValues() {
        return new TaskSample<>(
                PairTask.TASK,
                yaml(
                        "pairs",
                        """
                        data: {set: own, target: score, maxTokens: 9}
                        loss: huber
                        tokenizer: {kind: words}
                        """),
                Corpus.of(
                        "pairs",
                        many(
                                60,
                                i ->
                                        new PairExample(
                                                texts(i), new PairExample.Value(5 * (i % 3))))),
                INPUTS,
                "pooling=mean");
    }
}
