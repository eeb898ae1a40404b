package dev.unroll.tasks.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextPair;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.nn.Mode;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.tasks.metrics.Retrieval;
import dev.unroll.tasks.model.FineTuning;
import dev.unroll.tasks.model.TinyBert;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingTest {
    @TempDir Path folder;

    private EmbeddingRecipe recipe(String... changes) throws IOException {
        List<String> all = new ArrayList<>(List.of(changes));
        all.add("model.pretrained=" + TinyBert.write(folder.resolve("bert")));
        return RecipeFile.parse(
                EmbeddingRecipe.class,
                """
                task: embed
                data: {set: own}
                model: {pretrained: bert, dropout: 0}
                training: {epochs: 80, batchTokens: 400, learningRate: 0.01}
                """,
                all.toArray(String[]::new));
    }

    /** A letter belongs to the one behind it in the alphabet, which no shared word tells. */
    private static List<MatchingTexts> letters() {
        List<MatchingTexts> pairs = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            char letter = (char) ('a' + 2 * (i % 8));
            pairs.add(
                    MatchingTexts.of(
                            letter + " " + "!?".charAt(i / 8 % 2), (char) (letter + 1) + " ."));
        }
        return pairs;
    }

    private static List<TextPair> texts(List<MatchingTexts> pairs) {
        return pairs.stream().map(MatchingTexts::texts).toList();
    }

    @Test
    void texts_that_belong_together_are_found_after_the_training_and_not_before()
            throws IOException {
        List<TextPair> pairs = texts(letters());
        RetrievalScore before =
                RetrievalScore.of(TextEncoder.load(TinyBert.write(folder.resolve("bert"))), pairs);
        Path run = folder.resolve("run");
        TextEncoder trained =
                TextEncoder.train(
                        recipe("training.validation.monitor=mrr"),
                        new Corpus<>("letters", letters(), letters(), List.of()),
                        run);
        RetrievalScore after = RetrievalScore.of(trained, pairs);

        assertThat(before.questions()).isEqualTo(16);
        assertThat(before.texts()).isEqualTo(8);
        assertThat(before.model().recallAt1()).isLessThan(0.5);
        assertThat(after.model().recallAt1()).isEqualTo(1);
        assertThat(after.model().meanReciprocalRank()).isEqualTo(1);
        assertThat(after.words().recallAt1()).isZero();
        assertThat(after.text()).contains("recall at 10", "16 questions among 8 texts");
        assertThat(TextEncoder.load(run).predict("a !")).isEqualTo(trained.predict("a !"));
        assertThat(
                        NearestTexts.of(trained, List.of("b .", "d .", "f ."))
                                .nearest(trained.predict("c !"), 1))
                .extracting(NearestTexts.Match::text)
                .containsExactly("d .");
    }

    @Test
    void a_run_needs_the_folder_of_the_pretrained_model_no_more_and_keeps_its_settings()
            throws IOException {
        Path bert = TinyBert.write(folder.resolve("bert"));
        Files.createDirectories(bert.resolve("1_Pooling"));
        Files.writeString(
                bert.resolve("1_Pooling/config.json"),
                "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
        Files.writeString(
                bert.resolve("config_sentence_transformers.json"),
                "{\"prompts\": {\"query\": \"q \", \"passage\": \"p \"}}");
        Path run = folder.resolve("run");
        TextEncoder trained =
                TextEncoder.train(
                        recipe("training.epochs=1"), Corpus.of("letters", letters()), run);
        for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            Files.delete(bert.resolve(file));
        }
        TextEncoder loaded = TextEncoder.load(run);

        assertThat(loaded.settings()).isEqualTo(trained.settings());
        assertThat(loaded.settings().pooling()).isEqualTo(Pooling.FIRST);
        assertThat(loaded.settings().longest()).isEqualTo(40);
        assertThat(loaded.forQuestions().predict("a")).isEqualTo(trained.predict("q a"));
        assertThat(loaded.forPassages().predict("a")).isEqualTo(trained.predict("p a"));
    }

    @Test
    void a_run_and_its_export_cut_a_long_text_where_the_published_tokenizer_does()
            throws IOException {
        EmbeddingRecipe recipe = recipe("training.epochs=1");
        Path tokenizer = folder.resolve("bert").resolve("tokenizer.json");
        Files.writeString(
                tokenizer,
                Files.readString(tokenizer)
                        .replace(
                                "\"truncation\": null",
                                "\"truncation\": {\"direction\": \"Left\", \"max_length\": 6,"
                                        + " \"strategy\": \"LongestFirst\", \"stride\": 0}"));
        Path run = folder.resolve("run");
        TextEncoder trained = TextEncoder.train(recipe, Corpus.of("letters", letters()), run);
        EncoderExport.run(run, folder.resolve("exported"));

        float[] end = trained.predict("e f g h");
        String text = "a b c d e f g h";
        assertThat(trained.predict(text)).isEqualTo(end);
        assertThat(TextEncoder.load(run).predict(text)).isEqualTo(end);
        assertThat(TextEncoder.load(folder.resolve("exported")).predict(text)).isEqualTo(end);
        assertThat(trained.predict("a b c d")).isNotEqualTo(end);
    }

    /** With no training at all, the objective's vectors are those of the encoder itself. */
    @Test
    void what_is_validated_in_the_training_is_what_the_encoder_gives() throws IOException {
        List<MatchingTexts> pairs = letters();
        ContrastiveObjective objective = objective(pairs, pairs, Pooling.MEAN);
        Retrieval told =
                RetrievalScore.of(TextEncoder.load(folder.resolve("bert")), texts(pairs)).model();

        assertThat(objective.validate())
                .containsEntry("recallAt1", told.recallAt1())
                .containsEntry("recallAt5", told.recallAt5())
                .containsEntry("recallAt10", told.recallAt10())
                .containsEntry("mrr", told.meanReciprocalRank());
    }

    private ContrastiveObjective objective(
            List<MatchingTexts> train, List<MatchingTexts> validation, Pooling pooling)
            throws IOException {
        EmbeddingRecipe recipe = recipe();
        Pretrained bert = Pretrained.load(folder.resolve("bert"));
        var tokenizer = bert.tokenizer();
        ContrastiveObjective.TextTokens ids = text -> tokenizer.encode(text).ids();
        RetrievalQuestions questions = RetrievalQuestions.of(texts(validation));
        return new ContrastiveObjective(
                bert.encoder(),
                pooling,
                recipe,
                ContrastiveObjective.Pairs.of(train, validation, ids, ids),
                new ContrastiveObjective.Found(
                        questions,
                        questions.questions().stream().map(ids::ids).toList(),
                        questions.texts().stream().map(ids::ids).toList()),
                FineTuning.Rates.of(recipe.model(), bert.encoder(), _ -> true));
    }

    private float loss(MatchingTexts... pairs) throws IOException {
        ContrastiveObjective objective = objective(List.of(pairs), List.of(), Pooling.FIRST);
        int[] all = IntStream.range(0, pairs.length).toArray();
        return objective
                .loss(objective.batch(objective.train(), all, OptionalInt.empty()), Mode.INFERENCE)
                .item();
    }

    @Test
    void copies_of_a_text_in_a_batch_are_not_wrong_for_its_partners() throws IOException {
        MatchingTexts ab = MatchingTexts.of("a", "b");
        assertThat(loss(ab, ab)).isCloseTo(0, Offset.offset(1e-6f)); // the pair twice
        assertThat(loss(ab, MatchingTexts.of("c", "b"))).isCloseTo(0, Offset.offset(1e-6f));
        assertThat(loss(ab, MatchingTexts.of("a", "d"))).isCloseTo(0, Offset.offset(1e-6f));
        assertThat(loss(ab, MatchingTexts.of("b", "a"))).isCloseTo(0, Offset.offset(1e-6f));
        assertThat(loss(ab, MatchingTexts.of("c", "d"))).isGreaterThan(1e-4f);
    }

    @Test
    void a_negative_is_wrong_for_all_but_those_that_it_belongs_to() throws IOException {
        float alone = loss(MatchingTexts.of("a", "b"));
        assertThat(alone).isCloseTo(0, Offset.offset(1e-6f));
        assertThat(loss(new MatchingTexts(new TextPair("a", "b"), "c"))).isGreaterThan(1e-4f);
        assertThat(loss(new MatchingTexts(new TextPair("a", "b"), "b"))).isEqualTo(alone);
    }

    @Test
    void batches_of_one_pair_have_no_wrong_text_and_are_refused() throws IOException {
        TinyBert.write(folder.resolve("bert"));
        assertThatThrownBy(
                        () ->
                                TextEncoder.train(
                                        recipe("training.batchTokens=5"),
                                        Corpus.of("letters", letters()),
                                        folder.resolve("run")))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("no batch has two pairs")
                .hasMessageContaining("raise 'training.batchTokens', which is 5");
    }

    /** By hand: cosines of vectors of two numbers. */
    @Test
    void a_questions_rank_is_that_of_its_first_right_text_and_equals_stand_before_it() {
        RetrievalQuestions questions =
                RetrievalQuestions.of(
                        List.of(
                                new TextPair("q", "far"),
                                new TextPair("q", "near"),
                                new TextPair("r", "wrong"),
                                new TextPair("r", "q"),
                                new TextPair("s", "same"),
                                new TextPair("q", "near")));
        assertThat(questions.questions()).containsExactly("q", "r", "s");
        assertThat(questions.texts()).containsExactly("far", "near", "wrong", "q", "same");
        List<float[]> asked =
                List.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {0.8f, 0.6f});
        List<float[]> searched =
                List.of(
                        new float[] {-1, 0}, // far
                        new float[] {0.6f, 0.8f}, // near
                        new float[] {0.8f, 0.6f}, // wrong
                        new float[] {1, 0}, // q
                        new float[] {0.8f, 0.6f}); // same
        // q: wrong and same are nearer than near, and q itself does not count
        // r: near is nearer than wrong, and same is as near
        // s: wrong is as near as same
        assertThat(questions.ranks(asked, searched)).containsExactly(3, 3, 2);
    }

    @Test
    void tables_of_ones_own_are_read_with_and_without_negatives() throws IOException {
        StringBuilder rows = new StringBuilder("question,answer,looks like it\n");
        IntStream.range(0, 100).forEach(i -> rows.append("q%d,a%d,n%d\n".formatted(i, i, i)));
        Path file = Files.writeString(folder.resolve("own.csv"), rows + "q,,n\n");
        List<String> data =
                List.of("data.file=" + file, "data.first=question", "data.second=answer");
        Corpus<MatchingTexts> plain = corpus(recipe(data.toArray(String[]::new)));
        assertThat(plain.train()).hasSize(85);
        assertThat(plain.validation()).hasSize(5);
        assertThat(plain.test()).hasSize(10);
        assertThat(plain.train()).allMatch(pair -> pair.negative() == null);
        assertThat(plain.remarks().toString()).contains("own.csv:102");
        List<String> more = new ArrayList<>(data);
        more.add("data.negative=looks like it");
        assertThat(corpus(recipe(more.toArray(String[]::new))).train())
                .allSatisfy(
                        pair ->
                                assertThat(pair.negative())
                                        .isEqualTo(pair.texts().first().replace('q', 'n')));
    }

    private static Corpus<MatchingTexts> corpus(EmbeddingRecipe recipe) throws IOException {
        return EmbeddingTask.TASK.corpus(recipe, DataFiles.standard(ProgressListener.SILENT));
    }

    @Test
    void what_does_not_fit_in_a_recipe_is_refused() {
        assertThatThrownBy(
                        () ->
                                RecipeFile.parse(
                                        EmbeddingRecipe.class,
                                        "task: embed\ndata: {set: own}\nmodel: {kind: gru, width: 8,"
                                                + " hidden: 8}"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("name its folder in 'model.pretrained'");
        assertThatThrownBy(() -> recipe("temperature=0"))
                .hasMessageContaining("'temperature' is above 0");
        assertThatThrownBy(() -> recipe("training.validation.monitor=accuracy"))
                .hasMessageContaining("loss, recall-at-1, recall-at-5, recall-at-10, mrr");
        assertThatThrownBy(() -> recipe("training.labelSmoothing=0.1"))
                .hasMessageContaining("'training.labelSmoothing' is for classes");
        assertThatThrownBy(() -> corpus(recipe())).hasMessageContaining("'data.file' is missing");
    }
}
