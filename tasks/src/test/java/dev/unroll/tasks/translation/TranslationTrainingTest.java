package dev.unroll.tasks.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Pair;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import dev.unroll.train.Progress;
import dev.unroll.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: pairs in, a run's folder and a translator out. The task: spell backwards. */
class TranslationTrainingTest {
    private static final String LSTM =
            """
            task: translate
            data: {set: own}
            tokenizer: {kind: characters}
            model: {kind: lstm, width: 16, hidden: 24, dropout: 0.1}
            training: {epochs: 2, learningRate: 0.01, batchTokens: 300}
            """;
    private static final String TRANSFORMER =
            """
            task: translate
            data: {set: own}
            tokenizer: {kind: byte-pair, vocabulary: 270}
            model:
              {kind: transformer, width: 16, heads: 2, layers: 1, dropout: 0.1}
            training: {epochs: 2, learningRate: 0.003, batchTokens: 300, validation: {every: 7, average: 2}}
            decoding: {beam: 3}
            """;

    @TempDir Path folder;

    private static TranslationRecipe recipe(String yaml, String... changes) {
        return RecipeFile.parse(TranslationRecipe.class, yaml, changes);
    }

    private static Corpus<Pair> corpus() {
        return corpus(200);
    }

    private static Corpus<Pair> corpus(int count) {
        SplittableRandom random = new SplittableRandom(7);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String word = Integer.toString(random.nextInt(10, 100_000), 5);
            pairs.add(new Pair(word, new StringBuilder(word).reverse().toString()));
        }
        return Corpus.of("words", pairs);
    }

    private Progress run(TranslationRecipe recipe, Path where, int stopAfter) throws IOException {
        int[] steps = new int[1];
        return Runs.prepare(TranslationTask.TASK, recipe, corpus(), new RunFolder(where))
                .run(
                        plan -> {},
                        () -> steps[0] >= stopAfter,
                        event -> steps[0] += event instanceof TrainingEvent.Stepped ? 1 : 0);
    }

    @Test
    void a_run_is_a_folder_of_plain_files() throws IOException {
        run(recipe(TRANSFORMER), folder, Integer.MAX_VALUE);
        assertThat(folder)
                .isDirectoryContaining("glob:**/recipe.yaml")
                .isDirectoryContaining("glob:**/tokenizer.json")
                .isDirectoryContaining("glob:**/model.safetensors")
                .isDirectoryContaining("glob:**/metrics.jsonl");
        try (var files = Files.walk(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void a_small_lstm_learns_to_spell_backwards() throws IOException {
        Translator translator =
                Translator.train(
                        recipe(
                                LSTM,
                                "training.epochs=10",
                                "training.learningRate=0.005",
                                "model.dropout=0",
                                "model.hidden=48"),
                        corpus(1500),
                        folder);
        TranslationScore score =
                TranslationScore.of(translator, corpus(1500).test(), recipe(LSTM).metrics());
        assertThat(score.exactMatch()).isGreaterThan(0.8);
    }

    @Test
    void text_that_was_never_seen_gets_an_answer() throws IOException {
        run(recipe(LSTM), folder, Integer.MAX_VALUE);
        Translator translator = Translator.load(folder);
        assertThat(
                        translator.translate(
                                List.of("", "\u65e5\u672c", "\ud83d\ude00", "a".repeat(500))))
                .hasSize(4)
                .doesNotContainNull();
        assertThat(translator.translate(List.of())).isEmpty();
    }

    @Test
    void a_folder_that_is_no_run_is_refused() {
        assertThatThrownBy(() -> Translator.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("is no run");
    }

    @Test
    void too_few_pairs_are_refused() {
        assertThatThrownBy(() -> Corpus.of("few", List.of(new Pair("a", "b"))))
                .hasMessageContaining("at least 20");
    }

    @Test
    void a_model_that_has_learnt_positions_reads_and_writes_up_to_the_last_of_them()
            throws IOException {
        Corpus<Pair> words = corpus();
        String tooLong = "1".repeat(150);
        List<Pair> validation = new ArrayList<>(words.validation());
        validation.add(new Pair(tooLong, tooLong));
        List<Pair> test = new ArrayList<>(words.test());
        test.add(new Pair(tooLong, tooLong));
        Corpus<Pair> corpus = new Corpus<>("words", words.train(), validation, test);
        TranslationRecipe recipe =
                recipe(
                        TRANSFORMER,
                        "tokenizer.kind=characters",
                        "model.positions=learned",
                        "data.maxTokens=8",
                        "decoding.beam=1");
        Translator translator = Translator.train(recipe, corpus, folder.resolve("learned"));

        assertThat(translator.longestSource()).isEqualTo(9);
        assertThat(translator.unread(tooLong)).isEqualTo(141);
        assertThat(translator.unread("123")).isZero();
        List<String> texts = List.of("123", tooLong, "321");
        List<String> answers = translator.translate(texts);
        assertThat(answers)
                .containsExactly(
                        translator.translate("123"),
                        translator.translate("1".repeat(9)),
                        translator.translate("321"));
        assertThat(translator.candidates(texts, recipe.decoding().search()))
                .allSatisfy(
                        found ->
                                assertThat(
                                                found.getFirst().finished()
                                                        || found.getFirst().text().length() >= 9)
                                        .isTrue());
    }
}
