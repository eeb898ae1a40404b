package dev.unroll.bench.onnx;

import static dev.unroll.bench.onnx.OnnxExportTest.TOLERANCE;
import static dev.unroll.bench.onnx.OnnxExportTest.requireEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.bench.onnx.OrtGraph.Numbers;
import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.data.TextPair;
import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.classification.ClassificationRecipe;
import dev.unroll.tasks.classification.ClassificationTask;
import dev.unroll.tasks.classification.Classifier;
import dev.unroll.tasks.embedding.EmbeddingRecipe;
import dev.unroll.tasks.embedding.EmbeddingTask;
import dev.unroll.tasks.embedding.MatchingTexts;
import dev.unroll.tasks.embedding.TextEncoder;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.TinyBert;
import dev.unroll.tasks.pairs.CrossEncoder;
import dev.unroll.tasks.pairs.PairAnswer;
import dev.unroll.tasks.pairs.PairExample;
import dev.unroll.tasks.pairs.PairRecipe;
import dev.unroll.tasks.pairs.PairTask;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.regression.TargetScale;
import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime gives the answers of runs that were fine-tuned from a pretrained encoder. */
final class OnnxFineTunedRunsTest {
    @TempDir Path folder;

    @BeforeEach
    void write() throws IOException {
        TinyBert.write(folder.resolve("bert"));
    }

    private Path run() {
        return folder.resolve("run");
    }

    private static Map<String, Numbers> inputs(List<Encoding> texts) {
        int[][] ids = texts.stream().map(Encoding::ids).toArray(int[][]::new);
        int[][] types = texts.stream().map(Encoding::types).toArray(int[][]::new);
        return Map.of(
                "input_ids", Numbers.padded(ids),
                "lengths", Numbers.lengths(ids),
                "token_type_ids", Numbers.padded(types));
    }

    @Test
    void classes_of_a_run_with_adapters_are_the_same() throws Exception {
        ClassificationRecipe recipe =
                RecipeFile.parse(
                        ClassificationRecipe.class,
                        """
                        task: classify
                        data: {set: own, maxTokens: 12}
                        model: {pretrained: '%s', dropout: 0, lora: {rank: 2}}
                        pooling: mean
                        training: {epochs: 12, batchTokens: 60, learningRate: 0.01}
                        """
                                .formatted(folder.resolve("bert")));
        List<LabelledText> learnt =
                IntStream.range(0, 60)
                        .mapToObj(
                                i ->
                                        i % 2 == 0
                                                ? new LabelledText("yes", "fine " + i)
                                                : new LabelledText("no", "bad " + i))
                        .toList();
        Corpus<LabelledText> corpus = Corpus.of("texts", learnt).labelled(List.of("no", "yes"));
        Classifier.train(recipe, corpus, run());
        List<String> texts = List.of("fine!", "bad 99", "");

        List<Classification> ours = Classifier.load(run()).predictAll(texts);

        assertThat(ours).extracting(Classification::label).contains("yes", "no");
        TrainedRun run = new TrainedRun(ClassificationTask.TASK, run());
        List<Encoding> encoded = texts.stream().map(run.pretrainedTokenizer()::encode).toList();
        try (OrtGraph graph = run.graph("")) {
            Numbers theirs = graph.run(inputs(encoded)).get("probabilities");
            for (int i = 0; i < ours.size(); i++) {
                OnnxTrainedRunsTest.requireSame(
                        theirs.row(i), ours.get(i), run.file(ClassNames.FILE));
            }
        }
    }

    @Test
    void values_of_pairs_are_the_same() throws Exception {
        PairRecipe recipe =
                RecipeFile.parse(
                        PairRecipe.class,
                        """
                        task: pairs
                        data: {set: own, target: score, maxTokens: 20}
                        model: {pretrained: '%s', dropout: 0}
                        training: {epochs: 20, batchTokens: 60, learningRate: 0.01}
                        """
                                .formatted(folder.resolve("bert")));
        List<PairExample> learnt =
                IntStream.range(0, 60)
                        .mapToObj(
                                i ->
                                        new PairExample(
                                                new TextPair("a " + i, i % 2 == 0 ? "a" : "c"),
                                                new PairExample.Value(i % 2 == 0 ? 5 : 1)))
                        .toList();
        CrossEncoder.train(recipe, Corpus.of("pairs", learnt), run());
        List<TextPair> pairs =
                List.of(new TextPair("a z", "a"), new TextPair("a z", "c"), new TextPair("", "b"));

        List<Double> ours =
                CrossEncoder.load(run()).predictAll(pairs).stream()
                        .map(answer -> ((PairAnswer.Value) answer).value())
                        .toList();

        assertThat(ours.getFirst()).isGreaterThan(ours.get(1) + 1);
        TrainedRun run = new TrainedRun(PairTask.TASK, run());
        TextPipeline tokenizer = run.pretrainedTokenizer();
        List<Encoding> encoded =
                pairs.stream().map(p -> tokenizer.encode(p.first(), p.second())).toList();
        try (OrtGraph graph = run.graph("")) {
            Numbers theirs = graph.run(inputs(encoded)).get("logits");
            for (int i = 0; i < ours.size(); i++) {
                double value = run.file(TargetScale.FILE).value(theirs.row(i)[0]);
                assertThat(value).isCloseTo(ours.get(i), within((double) TOLERANCE));
            }
        }
    }

    @Test
    void vectors_of_texts_are_the_same() throws Exception {
        EmbeddingRecipe recipe =
                RecipeFile.parse(
                        EmbeddingRecipe.class,
                        """
                        task: embed
                        data: {set: own, maxTokens: 9}
                        model: {pretrained: '%s', lora: {rank: 2}}
                        temperature: 0.1
                        training: {epochs: 3, batchTokens: 80, learningRate: 0.01}
                        """
                                .formatted(folder.resolve("bert")));
        List<MatchingTexts> learnt =
                IntStream.range(0, 60)
                        .mapToObj(i -> MatchingTexts.of("a " + i % 30, "b c " + i % 30))
                        .toList();
        TextEncoder.train(recipe, Corpus.of("pairs", learnt), run());
        List<String> texts = List.of("a 31", "what is c?", "");

        List<float[]> ours = TextEncoder.load(run()).predictAll(texts);

        TrainedRun run = new TrainedRun(EmbeddingTask.TASK, run());
        List<Encoding> encoded = texts.stream().map(run.pretrainedTokenizer()::encode).toList();
        try (OrtGraph graph = run.graph("")) {
            Numbers theirs = graph.run(inputs(encoded)).get("sentence_embedding");
            for (int i = 0; i < ours.size(); i++) {
                requireEqual(theirs.row(i), ours.get(i), texts.get(i));
            }
        }
    }
}
