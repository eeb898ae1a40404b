package dev.unroll.tasks.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.data.TaggedSentence;
import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.classification.ClassificationRecipe;
import dev.unroll.tasks.classification.Classifier;
import dev.unroll.tasks.classification.Explanation;
import dev.unroll.tasks.frames.FrameRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.tagging.Tag;
import dev.unroll.tasks.tagging.Tagger;
import dev.unroll.tasks.tagging.TaggingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTunedTest {
    private static final String QUERY = "encoder.layers.layers.%d.attention.query.weight";
    private static final String PUBLISHED_QUERY = "encoder.layer.%d.attention.self.query.weight";

    @TempDir Path folder;

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

    private Classifier classifier(String run, String... changes) throws IOException {
        TinyBert.write(folder.resolve("bert"));
        List<String> all = new ArrayList<>(List.of(changes));
        all.add("model.pretrained=" + folder.resolve("bert"));
        ClassificationRecipe recipe =
                RecipeFile.parse(
                        ClassificationRecipe.class,
                        """
                        task: classify
                        data: {set: own, maxTokens: 12}
                        model: {pretrained: bert, dropout: 0}
                        pooling: mean
                        training: {epochs: 12, batchTokens: 60, learningRate: 0.01}
                        """,
                        all.toArray(String[]::new));
        return Classifier.train(recipe, TEXTS, folder.resolve(run));
    }

    @Test
    void a_pretrained_encoder_learns_a_task() throws IOException {
        Classifier classifier = classifier("run");

        assertThat(classifier.predict("fine 7").label()).isEqualTo("yes");
        assertThat(classifier.predict("bad 4").label()).isEqualTo("no");
    }

    @Test
    void a_run_needs_the_folder_of_the_pretrained_model_no_more() throws IOException {
        Classification before = classifier("run").predict("fine");
        for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            Files.delete(folder.resolve("bert").resolve(file));
        }

        assertThat(Classifier.load(folder.resolve("run")).predict("fine")).isEqualTo(before);
    }

    @Test
    void frozen_layers_and_embeddings_keep_their_bits() throws IOException {
        classifier("run", "model.frozen=1");

        assertThat(weight("run", "embedding.weight"))
                .isEqualTo(weight("bert", "embeddings.word_embeddings.weight"));
        assertThat(weight("run", QUERY.formatted(0)))
                .isEqualTo(weight("bert", PUBLISHED_QUERY.formatted(0)));
        assertThat(weight("run", QUERY.formatted(1)))
                .isNotEqualTo(weight("bert", PUBLISHED_QUERY.formatted(1)));
    }

    @Test
    void low_rank_adapters_learn_a_task_and_leave_the_encoder_as_it_was() throws IOException {
        Classifier classifier = classifier("run", "model.lora.rank=2");

        assertThat(weight("run", QUERY.formatted(1)))
                .isEqualTo(weight("bert", PUBLISHED_QUERY.formatted(1)));
        assertThat(weight("run", "encoder.layers.layers.1.attention.query.adapter.up"))
                .isNotEqualTo(new float[16]);
        assertThat(classifier.predict("fine 7").label()).isEqualTo("yes");
    }

    @Test
    void attention_weights_are_dropped_while_it_learns_and_not_when_it_answers()
            throws IOException {
        Classification plain = classifier("plain").predict("fine 7");
        Classifier dropping = classifier("dropping", "model.attentionDropout=0.3");

        assertThat(weight("dropping", QUERY.formatted(0)))
                .isNotEqualTo(weight("plain", QUERY.formatted(0)));
        assertThat(dropping.predict("fine 7")).isEqualTo(dropping.predict("fine 7"));
        assertThat(dropping.predict("fine 7").label()).isEqualTo(plain.label());
    }

    @Test
    void the_contributions_of_an_explanation_are_those_of_words_and_special_tokens()
            throws IOException {
        Explanation explanation = classifier("run").explain("Fine, 23!");

        assertThat(explanation.words())
                .extracting(Explanation.Word::text)
                .containsExactly("Fine", ",", "23", "!", Explanation.END);
    }

    @Test
    void longer_texts_lose_their_first_or_last_tokens_and_keep_the_special_ones()
            throws IOException {
        Classifier first = classifier("first", "data.keep=first", "training.epochs=1");
        Classifier last = classifier("last", "data.keep=last", "training.epochs=1");
        String tail = " z".repeat(200);

        assertThat(first.predict("a b c d e f g h i j k l" + tail))
                .isEqualTo(first.predict("a b c d e f g h i j k l"));
        assertThat(last.predict("y ".repeat(200) + "a b c d e f g h i j k l"))
                .isEqualTo(last.predict("a b c d e f g h i j k l"));
    }

    @Test
    void texts_without_tokens_are_answered() throws IOException {
        Classifier classifier = classifier("run", "training.epochs=1");

        List<Classification> answers = classifier.predictAll(List.of("", "  \t\n", "\u0000"));

        assertThat(answers).extracting(Classification::probability).allMatch(p -> p >= 0.5);
        assertThat(answers.get(0).probability())
                .isCloseTo(answers.get(1).probability(), Offset.offset(1e-6));
    }

    @Test
    void each_word_is_tagged_however_many_tokens_it_has() throws IOException {
        TinyBert.write(folder.resolve("bert"));
        TaggingRecipe recipe =
                RecipeFile.parse(
                        TaggingRecipe.class,
                        """
                        task: tag
                        data: {set: own}
                        model: {pretrained: bert, dropout: 0}
                        training: {epochs: 10, batchTokens: 60, learningRate: 0.01}
                        """,
                        "model.pretrained=" + folder.resolve("bert"));
        Corpus<TaggedSentence> corpus =
                Corpus.of(
                                "tags",
                                IntStream.range(0, 60)
                                        .mapToObj(
                                                i ->
                                                        new TaggedSentence(
                                                                List.of("x" + i, "runs", "."),
                                                                List.of("N", "V", "P")))
                                        .toList())
                        .labelled(List.of("N", "P", "V"));

        Tagger tagger = Tagger.train(recipe, corpus, folder.resolve("run"));

        assertThat(tagger.predict(List.of("x3", "runs", ".")))
                .extracting(Tag::tag)
                .containsExactly("N", "V", "P");
        List<String> odd = new ArrayList<>(List.of("\u0000", "x".repeat(5_000), " ", "日本"));
        IntStream.range(0, 300).forEach(i -> odd.add("word" + i));
        assertThat(tagger.predict(odd)).extracting(Tag::word).isEqualTo(odd);
        assertThat(tagger.predict(List.of())).isEmpty();
    }

    @Test
    void a_pretrained_encoder_is_refused_where_nothing_is_read_or_it_is_told_wrongly() {
        assertThatThrownBy(
                        () ->
                                RecipeFile.parse(
                                        FrameRecipe.class,
                                        "task: label-frames\ndata: {set: own}\nmodel: {pretrained: x}"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("a pretrained encoder reads text");
        assertThatThrownBy(() -> classifier("run", "model.lora.rank=2", "model.frozen=1"))
                .hasMessageContaining("leave model.frozen out");
        assertThatThrownBy(() -> classifier("run", "model.frozen=3"))
                .hasMessageContaining("'model.frozen' is 3, and the model has 2 layers");
    }

    private float[] weight(String name, String array) throws IOException {
        Safetensors file = Safetensors.read(folder.resolve(name).resolve("model.safetensors"));
        return Objects.requireNonNull(file.arrays().get(array), array).values();
    }
}
