package dev.unroll.hosts.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.data.Pair;
import dev.unroll.hosts.Answers;
import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.classification.ClassificationRecipe;
import dev.unroll.tasks.classification.Classifier;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.translation.TranslationRecipe;
import dev.unroll.tasks.translation.Translator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two runs that were trained once, and what the command line answers with them. */
final class TrainedRuns {
    private static final JsonMapper JSON = new JsonMapper();

    private static final String CLASSES =
            """
            task: classify
            data: {set: own}
            tokenizer: {kind: words, vocabulary: 100}
            model: {kind: lstm, width: 8, hidden: 8, dropout: 0}
            training: {epochs: 2, learningRate: 0.02, batchTokens: 200}""";

    private static final String TRANSLATIONS =
            """
            task: translate
            data: {set: own}
            tokenizer: {kind: characters}
            model: {kind: transformer, width: 16, heads: 2, feedForward: 32, dropout: 0}
            training: {epochs: 12, learningRate: 0.01, batchTokens: 300}""";

    private static @Nullable TrainedRuns trained;

    private final Path folder;
    private final Answers answers;

    private TrainedRuns(Path folder, Answers answers) {
        this.folder = folder;
        this.answers = answers;
    }

    /** The runs; the first call trains them. */
    static synchronized TrainedRuns get() throws IOException, InterruptedException {
        TrainedRuns now = trained;
        if (now == null) {
            Path folder = Files.createTempDirectory(Path.of("target"), "runs").toAbsolutePath();
            train(folder);
            now = new TrainedRuns(folder, commandLine(folder));
            assertThat(now.answers.translations()).noneMatch(String::isBlank);
            trained = now;
        }
        return now;
    }

    /** The folder with the runs. */
    String folder() {
        return folder.toString();
    }

    /** What {@code unroll classify} and {@code unroll translate} answer, on vectors. */
    Answers answers() {
        return answers;
    }

    /** The answers that a program wrote, by the place where it asked. */
    static Map<String, Answers> read(Path file) {
        Map<String, Answers> answers = new LinkedHashMap<>();
        JSON.readTree(file.toFile())
                .properties()
                .forEach(
                        place ->
                                answers.put(
                                        place.getKey(),
                                        JSON.treeToValue(place.getValue(), Answers.class)));
        assertThat(answers).isNotEmpty();
        return answers;
    }

    /** Requires that a program wrote the answers of the command line for each place. */
    void requireSameAnswers(Path file) {
        assertThat(read(file))
                .allSatisfy((place, found) -> assertThat(found).as(place).isEqualTo(answers));
    }

    private static void train(Path folder) throws IOException {
        List<LabelledText> texts = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String film = " film" + " film".repeat(i % 5) + " " + i;
            texts.add(new LabelledText("positive", "a very good" + film + " ,"));
            texts.add(new LabelledText("negative", "not a bad" + film + " ."));
        }
        Classifier.train(
                RecipeFile.parse(ClassificationRecipe.class, CLASSES),
                Corpus.of("reviews", texts).labelled(List.of("negative", "positive")),
                folder.resolve("classes"));
        List<Pair> pairs =
                IntStream.range(0, 300)
                        .mapToObj(i -> Integer.toString(i * 7919 % 100_000))
                        .map(n -> new Pair(n, new StringBuilder(n).reverse().toString()))
                        .toList();
        Translator.train(
                RecipeFile.parse(TranslationRecipe.class, TRANSLATIONS),
                Corpus.of("numbers", pairs),
                folder.resolve("translations"));
    }

    private static Answers commandLine(Path folder) throws IOException, InterruptedException {
        JsonNode classes = command(folder, "classify", "classes", Answers.REVIEWS).path("texts");
        JsonNode translations =
                command(folder, "translate", "translations", Answers.NUMBERS).path("translations");
        return new Answers(
                "vector",
                classes.valueStream()
                        .map(text -> JSON.treeToValue(text.path("answer"), Classification.class))
                        .toList(),
                translations
                        .valueStream()
                        .map(text -> text.path("candidates").path(0).path("text").asString())
                        .toList());
    }

    private static JsonNode command(Path folder, String verb, String run, List<String> texts)
            throws IOException, InterruptedException {
        Path lines = Files.writeString(folder.resolve(verb + ".txt"), String.join("\n", texts));
        Java.Printed printed =
                Java.java(
                        folder,
                        "--module-path",
                        Path.of("..", "..", "cli", "target", "dist").toString(),
                        "--module",
                        "dev.unroll.cli/dev.unroll.cli.Unroll",
                        verb,
                        folder.resolve(run).toString(),
                        lines.toString(),
                        "--json");
        return JSON.readTree(printed.out());
    }
}
