package dev.unroll.tasks.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TextPair;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.model.EncodedText;
import dev.unroll.tasks.model.EncodedTexts;
import dev.unroll.tasks.model.PairCoding;
import dev.unroll.tasks.model.TinyBert;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tokens;
import dev.unroll.text.Normalization;
import dev.unroll.text.TokenizerOptions;
import dev.unroll.text.WordTokenizer;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairTest {
    private static final String TRAINING =
            "training: {epochs: 30, batchTokens: 100, learningRate: 0.01}\n";

    @TempDir Path folder;

    private static PairRecipe recipe(String yaml, String... changes) {
        return RecipeFile.parse(PairRecipe.class, "task: pairs\n" + yaml, changes);
    }

    private static PairRecipe fresh(String... changes) {
        return recipe(
                """
                data: {set: own}
                tokenizer: {kind: words}
                model: {kind: gru, width: 16, hidden: 16, dropout: 0}
                """
                        + TRAINING,
                changes);
    }

    /** The same two words or others; which words they are says nothing. */
    private static List<PairExample> equalOrNot(boolean values) {
        String[] words = {"red", "blue", "green"};
        List<PairExample> pairs = new ArrayList<>();
        for (int i = 0; i < 180; i++) {
            int first = i % 3;
            int second = i / 3 % 2 == 0 ? first : (first + 1 + i / 6 % 2) % 3;
            pairs.add(
                    new PairExample(
                            new TextPair(words[first], words[second]),
                            values
                                    ? new PairExample.Value(first == second ? 5 : 0)
                                    : new PairExample.Label(first == second ? "same" : "other")));
        }
        return pairs;
    }

    private static Corpus<PairExample> classes() {
        return Corpus.of("pairs", equalOrNot(false)).labelled(List.of("other", "same"));
    }

    private static String label(CrossEncoder encoder, String first, String second) {
        return encoder.predict(new TextPair(first, second))
                        instanceof PairAnswer.Label(Classification c)
                ? c.label()
                : "";
    }

    @Test
    void what_only_both_texts_together_tell_is_learnt_from_nothing() throws IOException {
        CrossEncoder encoder = CrossEncoder.train(fresh(), classes(), folder);

        assertThat(encoder.classes()).containsExactly("other", "same");
        for (String word : List.of("red", "blue", "green")) {
            assertThat(label(encoder, word, word)).isEqualTo("same");
        }
        assertThat(label(encoder, "red", "blue")).isEqualTo("other");
        assertThat(label(encoder, "blue", "red")).isEqualTo("other");
        assertThat(CrossEncoder.load(folder).predictAll(encoder.examples()))
                .isEqualTo(encoder.predictAll(encoder.examples()));
    }

    @Test
    void a_value_of_two_texts_is_learnt_in_its_own_units() throws IOException {
        CrossEncoder encoder =
                CrossEncoder.train(
                        fresh("data.target=score"), Corpus.of("pairs", equalOrNot(true)), folder);

        assertThat(encoder.classes()).isEmpty();
        assertThat(encoder.predict(new TextPair("red", "red")))
                .isInstanceOfSatisfying(
                        PairAnswer.Value.class,
                        answer -> assertThat(answer.value()).isBetween(4.0, 6.0));
        assertThat(encoder.predict(new TextPair("red", "green")))
                .isInstanceOfSatisfying(
                        PairAnswer.Value.class,
                        answer -> assertThat(answer.value()).isBetween(-1.0, 1.0));
    }

    @Test
    void a_pretrained_encoder_learns_pairs() throws IOException {
        Path bert = TinyBert.write(folder.resolve("bert"));
        CrossEncoder encoder =
                CrossEncoder.train(
                        recipe(
                                """
                                data: {set: own}
                                model: {pretrained: '%s', dropout: 0}
                                pooling: first
                                """
                                                .formatted(bert)
                                        + TRAINING),
                        classes(),
                        folder.resolve("run"));

        assertThat(label(encoder, "red", "red")).isEqualTo("same");
        assertThat(label(encoder, "red", "green")).isEqualTo("other");
    }

    /**
     * The ids are BERT's: [CLS] is 2 and [SEP] is 3; a is 4, its continuation 5, b 6, and so on.
     */
    @Test
    void a_pretrained_models_pairs_have_its_template_and_types_and_the_longer_text_is_cut()
            throws IOException {
        TextPipeline pipeline = Pretrained.load(TinyBert.write(folder)).tokenizer();
        PairCoding coding = new PairCoding.Pretrained(pipeline.truncatedTo(4 + 3), 4);

        assertThat(coding.encode(new TextPair("a b", "c")))
                .isEqualTo(
                        new EncodedText(
                                new int[] {2, 4, 6, 3, 8, 3}, new int[] {0, 0, 0, 0, 1, 1}));
        assertThat(coding.encode(new TextPair("a b c d e f", "c")))
                .isEqualTo(
                        new EncodedText(
                                new int[] {2, 4, 6, 8, 3, 8, 3}, new int[] {0, 0, 0, 0, 0, 1, 1}));
        assertThat(coding.encode(new TextPair("a b c", "d e f")))
                .isEqualTo(
                        new EncodedText(
                                new int[] {2, 4, 6, 3, 10, 12, 3},
                                new int[] {0, 0, 0, 0, 1, 1, 1}));
        assertThat(coding.encode(new TextPair("", "")))
                .isEqualTo(new EncodedText(new int[] {2, 3, 3}, new int[] {0, 0, 1}));
    }

    @Test
    void of_other_networks_an_end_token_stands_behind_each_text_and_the_longer_text_is_cut() {
        WordTokenizer words =
                WordTokenizer.train(
                        List.of("a b c d"), new TokenizerOptions(99, 1, Normalization.NONE));
        PairCoding coding = new PairCoding.Joined(words, 4);
        int end = words.vocabulary().end();
        int[] a = words.encode("a");
        int[] abc = words.encode("a b c");

        EncodedText read = coding.encode(new TextPair("a b c d", "a"));

        assertThat(read.ids())
                .containsExactly(
                        IntStream.concat(
                                        IntStream.concat(
                                                IntStream.of(abc).limit(4 - a.length),
                                                IntStream.of(end)),
                                        IntStream.concat(IntStream.of(a), IntStream.of(end)))
                                .toArray());
        assertThat(read.parts()).containsExactly(0, 0, 0, 0, 1, 1);
        assertThat(coding.encode(new TextPair("", "")).ids()).containsExactly(end, end);
    }

    /** The network's rows are those of the encoder itself, which is held to published numbers. */
    @Test
    void the_types_of_tokens_reach_the_encoder() throws IOException {
        BertEncoder encoder = Pretrained.load(TinyBert.write(folder)).encoder();
        SequenceClassifier model =
                new SequenceClassifier(
                        encoder.words(),
                        new dev.unroll.nn.layers.Dropout(0, 0),
                        encoder.rows(),
                        new dev.unroll.nn.models.SequencePooling.First(),
                        dev.unroll.nn.layers.Linear.of(encoder.width(), 2, new Seed(1)));
        Tokens tokens = Tokens.of(List.of(new int[] {2, 4, 3, 6, 3}, new int[] {2, 3, 8, 3}));
        int[] types = {0, 0, 0, 1, 1, 0, 0, 1, 1};

        Sequences rows = encoder.forward(tokens, types, Mode.INFERENCE);
        float[] expected = model.head().forward(rows.rows().gather(0, 5)).toArray();

        assertThat(new EncodedTexts(tokens, types).logits(model, Mode.INFERENCE).toArray())
                .containsExactly(expected, Offset.offset(1e-5f));
        assertThat(new EncodedTexts(tokens, new int[9]).logits(model, Mode.INFERENCE).toArray())
                .isNotEqualTo(expected);
    }

    @Test
    void an_answer_does_not_depend_on_what_else_is_asked() throws IOException {
        CrossEncoder encoder = CrossEncoder.train(fresh("training.epochs=1"), classes(), folder);
        List<TextPair> some =
                List.of(
                        new TextPair("red", "blue green"),
                        new TextPair("", "red red red red"),
                        new TextPair("something", "else"));
        List<PairAnswer> together = encoder.predictAll(some);
        for (int i = 0; i < some.size(); i++) {
            PairAnswer alone = encoder.predict(some.get(i));
            assertThat(((PairAnswer.Label) alone).classification().probability())
                    .isCloseTo(
                            ((PairAnswer.Label) together.get(i)).classification().probability(),
                            Offset.offset(1e-5));
        }
    }

    @Test
    void pairs_of_ones_own_that_share_a_text_are_in_one_part() throws IOException {
        StringBuilder rows = new StringBuilder("verdict,question,answer\n");
        for (int i = 0; i < 200; i++) {
            rows.append(i % 2 == 0 ? "yes" : "no")
                    .append(",question ")
                    .append(i / 4)
                    .append(",answer ")
                    .append(i)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("own.csv"), rows + "yes,alone,\n");
        Corpus<PairExample> corpus =
                corpus(
                        fresh(
                                "data.file=" + file,
                                "data.first=question",
                                "data.second=answer",
                                "data.label=verdict"));

        assertThat(corpus.train()).hasSizeGreaterThan(160);
        assertThat(corpus.validation()).hasSizeBetween(4, 10);
        assertThat(corpus.test()).hasSizeBetween(8, 20);
        assertThat(corpus.labels()).containsExactly("no", "yes");
        List<String> questions =
                Stream.of(corpus.train(), corpus.validation(), corpus.test())
                        .flatMap(part -> part.stream().map(pair -> pair.texts().first()).distinct())
                        .toList();
        assertThat(questions).doesNotHaveDuplicates().hasSize(50);
        assertThat(corpus.remarks().toString()).contains("own.csv:202", "column 'answer' is empty");
    }

    @Test
    void pairs_that_are_all_linked_are_drawn_one_by_one_and_that_is_told() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            rows.append(
                    "{\"first\": \"text %d\", \"second\": \"the same\", \"score\": %d}\n"
                            .formatted(i, i));
        }
        Path file = Files.writeString(folder.resolve("own.jsonl"), rows);
        Corpus<PairExample> corpus = corpus(fresh("data.file=" + file, "data.target=score"));

        assertThat(corpus.test()).hasSize(6);
        assertThat(corpus.validation()).hasSize(3);
        assertThat(corpus.remarks().toString()).contains("linked by texts that they share");
    }

    private static Corpus<PairExample> corpus(PairRecipe recipe) throws IOException {
        return PairTask.TASK.corpus(recipe, DataFiles.standard(ProgressListener.SILENT));
    }

    @Test
    void a_test_file_of_ones_own_is_the_test_and_has_no_new_classes() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("own.tsv"),
                        "first\tsecond\tlabel\n"
                                + IntStream.range(0, 40)
                                        .mapToObj(i -> "a %d\tb %d\t%d\n".formatted(i, i, i % 2))
                                        .reduce("", String::concat));
        Path test =
                Files.writeString(
                        folder.resolve("test.tsv"),
                        "first\tsecond\tlabel\n" + "c\td\t1\n".repeat(12) + "c\td\t2\n");
        PairRecipe recipe = fresh("data.file=" + file, "data.testFile=" + test);
        Corpus<PairExample> corpus = corpus(recipe);

        assertThat(corpus.train()).hasSize(38);
        assertThat(corpus.test()).hasSize(12);
        assertThat(corpus.remarks().toString()).contains("no training pair is of '2'");
        CrossEncoder encoder =
                CrossEncoder.train(
                        fresh("data.file=" + file, "data.testFile=" + test, "training.epochs=1"),
                        corpus,
                        folder.resolve("run"));
        assertThat(PairTask.TASK.evaluate(encoder, recipe, corpus, Split.TEST).text())
                .contains("accuracy", "12 pairs");
    }

    @Test
    void what_does_not_fit_together_in_a_recipe_is_refused() {
        assertThatThrownBy(() -> fresh("training.validation.monitor=rmse"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("loss, accuracy, macro-f1");
        assertThatThrownBy(() -> fresh("data.target=x", "training.validation.monitor=accuracy"))
                .hasMessageContaining("loss, mae, rmse, r2");
        assertThatThrownBy(() -> fresh("data.target=x", "training.classWeights=balanced"))
                .hasMessageContaining("'training.classWeights' is for tasks that choose");
        assertThatThrownBy(() -> fresh("loss=huber"))
                .hasMessageContaining("'loss' is that of values");
        assertThatThrownBy(() -> fresh("data.first=second"))
                .hasMessageContaining("are both the column 'second'");
        assertThatThrownBy(() -> fresh("data.maxTokens=1"))
                .hasMessageContaining("'data.maxTokens' is at least 2");
        assertThatThrownBy(() -> fresh("data.set=imdb")).hasMessageContaining("tatoeba-en-fr");
        assertThatThrownBy(() -> fresh("data.set=tatoeba-en-fr", "data.target=x"))
                .hasMessageContaining("the set 'tatoeba-en-fr' has classes");
        assertThatThrownBy(() -> corpus(fresh())).hasMessageContaining("'data.file' is missing");
    }
}
