package dev.unroll.tasks.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.data.TaggedSentence;
import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.tasks.classification.ClassificationRecipe;
import dev.unroll.tasks.classification.ClassificationTask;
import dev.unroll.tasks.classification.Classifier;
import dev.unroll.tasks.embedding.EmbeddingRecipe;
import dev.unroll.tasks.embedding.EncoderExport;
import dev.unroll.tasks.embedding.MatchingTexts;
import dev.unroll.tasks.embedding.Pooling;
import dev.unroll.tasks.embedding.TextEncoder;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.tagging.Tagger;
import dev.unroll.tasks.tagging.TaggingRecipe;
import dev.unroll.tasks.task.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that begin with the encoder of a run, and with tokenizers of several files. */
class FineTunedRunTest {
    private static final String QUERY = "layers.layers.1.attention.query.";
    private static final String FROZEN = "model.frozen=2"; // embeddings and both layers

    private static final Corpus<LabelledText> TEXTS =
            Corpus.of(
                            "texts",
                            IntStream.range(0, 60)
                                    .mapToObj(
                                            i ->
                                                    i % 2 == 0
                                                            ? new LabelledText("yes", "fine " + i)
                                                            : new LabelledText("no", "bad " + i))
                                    .toList())
                    .labelled(List.of("no", "yes"));

    private static final Corpus<TaggedSentence> TAGS =
            Corpus.of(
                            "tags",
                            IntStream.range(0, 30)
                                    .mapToObj(
                                            i ->
                                                    new TaggedSentence(
                                                            List.of("x" + i, "runs"),
                                                            List.of("N", "V")))
                                    .toList())
                    .labelled(List.of("N", "V"));

    private static final Corpus<MatchingTexts> PAIRS =
            Corpus.of(
                    "pairs",
                    IntStream.range(0, 30)
                            .mapToObj(i -> MatchingTexts.of("a" + i, "b" + i))
                            .toList());

    @TempDir Path folder;

    private Path bert() throws IOException {
        return TinyBert.write(folder.resolve("bert"));
    }

    private String[] from(Path encoder, String... changes) {
        List<String> all = new ArrayList<>(List.of(changes));
        all.add("model.pretrained=" + encoder);
        return all.toArray(String[]::new);
    }

    private Path classified(String run, Path encoder, String... changes) throws IOException {
        Classifier.train(
                RecipeFile.parse(
                        ClassificationRecipe.class,
                        """
                        task: classify
                        data: {set: own, maxTokens: 12}
                        model: {pretrained: bert, dropout: 0}
                        training: {epochs: 2, batchTokens: 60, learningRate: 0.01}
                        """,
                        from(encoder, changes)),
                TEXTS,
                folder.resolve(run));
        return folder.resolve(run);
    }

    private Path tagged(String run, Path encoder, String... changes) throws IOException {
        Tagger.train(
                RecipeFile.parse(
                        TaggingRecipe.class,
                        """
                        task: tag
                        data: {set: own}
                        model: {pretrained: bert, dropout: 0}
                        training: {epochs: 2, batchTokens: 60, learningRate: 0.01}
                        """,
                        from(encoder, changes)),
                TAGS,
                folder.resolve(run));
        return folder.resolve(run);
    }

    private Path embedded(String run, Path encoder, String... changes) throws IOException {
        TextEncoder.train(
                RecipeFile.parse(
                        EmbeddingRecipe.class,
                        """
                        task: embed
                        data: {set: own}
                        model: {pretrained: bert, dropout: 0}
                        training: {epochs: 2, batchTokens: 200, learningRate: 0.01}
                        """,
                        from(encoder, changes)),
                PAIRS,
                folder.resolve(run));
        return folder.resolve(run);
    }

    private static float[] weight(Path run, String array) throws IOException {
        Safetensors file = Safetensors.read(run.resolve("model.safetensors"));
        return Objects.requireNonNull(file.arrays().get(array), array).values();
    }

    @Test
    void a_training_of_any_task_begins_with_the_encoder_of_a_run_of_any_other() throws IOException {
        Path classified = classified("classified", bert());
        Path tagged = tagged("tagged", classified, FROZEN);
        Path embedded = embedded("embedded", tagged, FROZEN);
        Path again = classified("again", embedded, FROZEN);

        float[] words = weight(classified, "embedding.weight");
        float[] query = weight(classified, "encoder." + QUERY + "weight");
        assertThat(words)
                .isNotEqualTo(weight(folder.resolve("bert"), "embeddings.word_embeddings.weight"));
        assertThat(weight(tagged, "encoder.words.weight")).isEqualTo(words);
        assertThat(weight(tagged, "encoder." + QUERY + "weight")).isEqualTo(query);
        assertThat(weight(embedded, "words.weight")).isEqualTo(words);
        assertThat(weight(embedded, QUERY + "weight")).isEqualTo(query);
        assertThat(weight(again, "embedding.weight")).isEqualTo(words);
        assertThat(weight(again, "encoder." + QUERY + "weight")).isEqualTo(query);
        assertThat(weight(again, "head.weight")).isNotEqualTo(weight(classified, "head.weight"));
    }

    @Test
    void low_rank_adapters_of_a_run_are_merged_where_the_next_training_begins() throws IOException {
        Path adapted = classified("adapted", bert(), "model.lora.rank=2", "model.lora.alpha=6");
        Path next = classified("next", adapted, FROZEN);

        float[] before = weight(adapted, "encoder." + QUERY + "weight"); // [out, in]
        float[] down = weight(adapted, "encoder." + QUERY + "adapter.down");
        float[] up = weight(adapted, "encoder." + QUERY + "adapter.up");
        float[] merged = weight(next, "encoder." + QUERY + "weight");
        assertThat(merged).isNotEqualTo(before);
        int width = 8;
        for (int out = 0; out < width; out++) {
            for (int in = 0; in < width; in++) {
                float product = 0;
                for (int r = 0; r < 2; r++) {
                    product += down[in * 2 + r] * up[r * width + out];
                }
                assertThat(merged[out * width + in])
                        .isCloseTo(before[out * width + in] + 3 * product, Offset.offset(1e-6f));
            }
        }
    }

    @Test
    void an_encoder_of_texts_goes_on_with_the_settings_of_its_run() throws IOException {
        Path bert = bert();
        Files.createDirectories(bert.resolve("1_Pooling"));
        Files.writeString(
                bert.resolve("1_Pooling/config.json"),
                "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
        Files.writeString(
                bert.resolve("config_sentence_transformers.json"),
                "{\"prompts\": {\"query\": \"q \"}}");
        Path next = embedded("next", embedded("first", bert));

        assertThat(TextEncoder.load(next).settings().pooling()).isEqualTo(Pooling.FIRST);
        assertThat(TextEncoder.load(next).settings().prompts()).containsEntry("query", "q ");
    }

    @Test
    void a_run_that_has_no_pretrained_encoder_or_is_not_finished_is_refused() throws IOException {
        Path plain = folder.resolve("plain");
        Classifier.train(
                RecipeFile.parse(
                        ClassificationRecipe.class,
                        """
                        task: classify
                        data: {set: own}
                        model: {kind: gru, width: 4, hidden: 4}
                        training: {epochs: 1}
                        """),
                TEXTS,
                plain);
        assertThatThrownBy(() -> classified("next", plain))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("was not trained from a pretrained encoder")
                .hasMessageContaining("name a run whose recipe has 'model.pretrained'");

        Path unfinished = classified("unfinished", bert());
        Files.delete(unfinished.resolve("model.safetensors"));
        assertThatThrownBy(() -> classified("next", unfinished))
                .hasMessageContaining("has not been finished");
    }

    @Test
    void a_run_is_not_removed_for_a_training_that_begins_with_it() throws IOException {
        Path run = classified("run", bert());
        float[] before = weight(run, "embedding.weight");

        assertThatThrownBy(() -> classified("run", run))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("is the run that the training begins with")
                .hasMessageContaining("name another folder for the new run");
        assertThat(weight(run, "embedding.weight")).isEqualTo(before);
    }

    @Test
    void a_vocabulary_without_a_tokenizer_json_is_enough_to_train_and_to_export()
            throws IOException {
        Path whole = embedded("whole", bert());
        Path words = TinyBert.write(folder.resolve("words"));
        List<String> vocabulary = new ArrayList<>(TinyBert.vocabulary());
        vocabulary.set(vocabulary.size() - 1, "[MASK]"); // which every BERT has; no text here does
        Files.write(words.resolve("vocab.txt"), vocabulary);
        Files.delete(words.resolve("tokenizer.json"));
        Path run = embedded("run", words);
        Path exported = folder.resolve("exported");
        assertThat(weight(run, "words.weight"))
                .isNotEqualTo(weight(words, "embeddings.word_embeddings.weight"));
        EncoderExport.run(run, exported);

        String text = "Fine, 23!";
        float[] vector = TextEncoder.load(whole).predict(text);
        assertThat(TextEncoder.load(run).predict(text)).isEqualTo(vector);
        assertThat(TextEncoder.load(exported).predict(text)).isEqualTo(vector);
        assertThat(weight(classified("classified", words), "embedding.weight"))
                .isEqualTo(weight(classified("twin", bert()), "embedding.weight"));
    }

    @Test
    void a_tokenizer_of_a_training_that_was_broken_off_early_is_not_read_by_the_next()
            throws IOException {
        Path words = TinyBert.write(folder.resolve("words"));
        Files.delete(words.resolve("tokenizer.json"));
        List<String> others = new ArrayList<>(TinyBert.vocabulary());
        Collections.swap(others, others.indexOf("f"), others.indexOf("b"));
        others.set(others.size() - 1, "[MASK]");
        Files.write(words.resolve("vocab.txt"), others);
        Path alone = classified("alone", words);

        Path run = classified("run", bert());
        Files.delete(run.resolve("checkpoints/last.safetensors"));
        ClassificationRecipe next = new RunFolder(alone).readRecipe(ClassificationRecipe.class);
        Runs.prepare(ClassificationTask.TASK, next, TEXTS, new RunFolder(run)).run();

        assertThat(run.resolve("tokenizer.json")).doesNotExist();
        assertThat(Classifier.load(run).predict("fine 3"))
                .isEqualTo(Classifier.load(alone).predict("fine 3"));
    }

    @Test
    void a_folder_without_a_tokenizer_is_refused_before_anything_is_trained() throws IOException {
        Path bert = bert();
        Files.delete(bert.resolve("tokenizer.json"));

        assertThatThrownBy(() -> classified("run", bert))
                .hasMessageContaining(bert.toString())
                .hasMessageContaining("has no tokenizer");
    }
}
