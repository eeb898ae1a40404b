package dev.unroll.tasks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.decode.Sampling;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way, on a text that is easy to know by heart. */
class TextGeneratorTest {
    private static final String SONG = "one two three four five six seven eight nine ten\n";

    @TempDir Path folder;

    private static LanguageRecipe recipe(String kind, String... changes) {
        String yaml =
                """
                task: generate
                data: {set: own, length: 16, batch: 8, batches: 40}
                model: {width: 32, hidden: 48, layers: 1, heads: 2, feedForward: 64, dropout: 0}
                training: {epochs: 8, learningRate: 0.005}
                """;
        List<String> all = new ArrayList<>(List.of(changes));
        all.addFirst("model.kind=" + kind);
        return RecipeFile.parse(LanguageRecipe.class, yaml, all.toArray(String[]::new));
    }

    private static Corpus<String> texts() {
        return Texts.of("song", SONG.repeat(60), 0.1);
    }

    private static TextGenerator.Options greedy(int tokens) {
        return new TextGenerator.Options(new Sampling(0, Sampling.ALL, 1, 1), tokens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "gru", "mingru", "minlstm", "elman", "transformer"})
    void a_text_known_by_heart_is_said_beyond_the_length_it_was_learnt_in(String kind)
            throws IOException {
        TextGenerator generator = TextGenerator.train(recipe(kind), texts(), folder);
        String said = generator.with(greedy(SONG.length() * 2)).predict(SONG.substring(0, 20));
        assertThat(SONG.substring(0, 20) + said).isEqualTo(SONG.repeat(3).substring(0, 20 + 98));
    }

    @Test
    void the_same_seed_writes_the_same_text_and_another_seed_another() throws IOException {
        TextGenerator generator =
                TextGenerator.train(recipe("lstm", "training.epochs=1"), texts(), folder);
        TextGenerator hot =
                generator.with(new TextGenerator.Options(new Sampling(2, Sampling.ALL, 1, 5), 80));
        TextGenerator other =
                generator.with(new TextGenerator.Options(new Sampling(2, Sampling.ALL, 1, 6), 80));
        assertThat(hot.predict("one")).isEqualTo(hot.predict("one"));
        assertThat(hot.predict("one")).isNotEqualTo(other.predict("one"));
        assertThat(TextGenerator.load(folder).with(greedy(30)).predict("one"))
                .isEqualTo(generator.with(greedy(30)).predict("one"));
    }

    @Test
    void a_figure_that_is_not_measured_cannot_decide() {
        assertThatThrownBy(() -> recipe("lstm", "training.validation.monitor=bleu"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(
                        "'training.validation.monitor': the metrics of this task are loss, not bleu");
    }

    @Test
    void the_tokens_that_were_written_are_counted() throws IOException {
        TextGenerator generator =
                TextGenerator.train(recipe("gru", "training.epochs=1"), texts(), folder);
        StringBuilder text = new StringBuilder();
        int written = generator.with(greedy(30)).generate("one", text::append);
        assertThat(written).isEqualTo(30);
        assertThat(text).hasSize(30); // its tokens are characters
        assertThat(generator.with(greedy(0)).generate("one", text::append)).isZero();
    }

    @Test
    void pieces_put_together_are_the_text() throws IOException {
        TextGenerator generator =
                TextGenerator.train(
                                recipe(
                                        "gru",
                                        "tokenizer.kind=byte-pair",
                                        "tokenizer.vocabulary=280"),
                                Texts.of(
                                        "accents", "\u00e9t\u00e9 \u65e5\u672c\n".repeat(400), 0.1),
                                folder)
                        .with(greedy(60));
        List<String> pieces = new ArrayList<>();
        generator.generate("\u00e9", pieces::add);
        assertThat(pieces).hasSizeGreaterThan(5);
        assertThat(String.join("", pieces))
                .isEqualTo(generator.predict("\u00e9"))
                .contains("\u65e5\u672c");
    }

    /** A network that has learnt next to nothing finds every token about as likely. */
    @ParameterizedTest
    @CsvSource({"characters, 8000", "words, 8000", "words, 8", "byte-pair, 300", "bytes, 8000"})
    void no_token_without_text_is_drawn(String tokens, int vocabulary) throws IOException {
        LanguageRecipe recipe =
                recipe(
                        "gru",
                        "tokenizer.kind=" + tokens,
                        "tokenizer.vocabulary=" + vocabulary,
                        "training.epochs=1",
                        "training.learningRate=1e-9",
                        "data.batches=1");
        TextGenerator generator = TextGenerator.train(recipe, texts(), folder);
        for (Sampling sampling :
                List.of(
                        new Sampling(7),
                        new Sampling(100, Sampling.ALL, 1, 1),
                        new Sampling(1, 4, 1, 2),
                        new Sampling(1, Sampling.ALL, 0.9, 3),
                        new Sampling(0, Sampling.ALL, 1, 4))) {
            List<String> pieces = new ArrayList<>();
            int written =
                    generator
                            .with(new TextGenerator.Options(sampling, 400))
                            .generate("one", pieces::add);
            assertThat(written).isEqualTo(400);
            if (!tokens.startsWith("byte")) { // whose pieces may wait for a character's rest
                assertThat(pieces).hasSize(400).doesNotContain("");
            }
        }
    }

    @Test
    void a_text_without_a_token_to_write_is_refused() {
        LanguageRecipe recipe =
                recipe("gru", "tokenizer.kind=characters", "tokenizer.minimumFrequency=100000");
        assertThatThrownBy(
                        () ->
                                Runs.prepare(
                                        LanguageTask.TASK, recipe, texts(), new RunFolder(folder)))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("nothing in it occurs 100000 times");
    }

    @Test
    void perplexity_and_bits_are_the_loss_in_other_units() throws IOException {
        TextGenerator generator =
                TextGenerator.train(recipe("lstm", "training.epochs=1"), texts(), folder);
        LanguageScore score = LanguageScore.of(generator, texts().validation().getFirst(), 16);
        assertThat(score.perplexity()).isCloseTo(Math.exp(score.loss()), within(1e-9));
        assertThat(score.bitsPerCharacter())
                .isCloseTo(score.loss() / Math.log(2), within(1e-9)); // a token is a character
    }

    @Test
    void a_text_that_is_too_short_is_refused() {
        assertThatThrownBy(
                        () ->
                                Runs.prepare(
                                        LanguageTask.TASK,
                                        recipe("lstm"),
                                        Texts.of("short", "ab", 0.1),
                                        new RunFolder(folder)))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("at least 2");
    }

    @Test
    void a_network_without_memory_is_no_language_model() {
        assertThatThrownBy(() -> recipe("mlp"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("model.kind");
    }

    @Test
    void a_network_that_reads_backwards_too_is_no_language_model() {
        assertThatThrownBy(() -> recipe("lstm", "model.bidirectional=true"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(
                        "'model.bidirectional' of a network that only writes is false");
        assertThat(recipe("lstm", "model.bidirectional=false")).isEqualTo(recipe("lstm"));
    }

    @Test
    void a_run_keeps_its_recipe() throws IOException {
        RunFolder run = new RunFolder(folder);
        Runs.prepare(LanguageTask.TASK, recipe("lstm"), texts(), run);
        assertThat(run.readRecipe(LanguageRecipe.class)).isEqualTo(recipe("lstm"));
    }
}
