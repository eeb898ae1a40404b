package dev.unroll.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way, on made texts: one of the words good and bad among others is what decides. */
class ClassifierTest {
    private static final List<String> FILLERS =
            List.of("the", "film", "was", "in", "a", "room", "with", "people", "and", "rain");

    @TempDir Path folder;

    private static ClassificationRecipe recipe(String... changes) {
        String yaml =
                """
                task: classify
                data: {set: own, maxTokens: 20, validation: 0.1, test: 0.2}
                tokenizer: {kind: words}
                model:
                  {kind: lstm, width: 16, hidden: 16, dropout: 0.1}
                training: {epochs: 12, learningRate: 0.01, batchTokens: 200, validation: {monitor: accuracy}}
                """;
        List<String> all = new ArrayList<>(List.of(changes));
        if (all.contains("model.kind=transformer")) {
            all.addAll(List.of("model.heads=2", "model.feedForward=32"));
        }
        return RecipeFile.parse(ClassificationRecipe.class, yaml, all.toArray(String[]::new));
    }

    private static Corpus<LabelledText> texts(ClassificationRecipe recipe) {
        SplittableRandom random = new SplittableRandom(3);
        List<LabelledText> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            List<String> words = new ArrayList<>();
            for (int w = random.nextInt(1, 12); w > 0; w--) {
                words.add(FILLERS.get(random.nextInt(FILLERS.size())));
            }
            boolean good = random.nextBoolean();
            words.add(random.nextInt(words.size() + 1), good ? "good" : "bad");
            texts.add(new LabelledText(good ? "liked" : "disliked", String.join(" ", words)));
        }
        return LabelledTexts.of("made", texts, recipe.data(), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "lstm, last",
        "gru, mean",
        "elman, attention",
        "transformer, mean",
        "transformer, first",
        "transformer, attention",
        "mlp, mean"
    })
    void every_kind_of_network_and_pooling_learns_what_a_text_is(String kind, String pooling)
            throws IOException {
        ClassificationRecipe recipe = recipe("model.kind=" + kind, "pooling=" + pooling);
        Corpus<LabelledText> texts = texts(recipe);
        Classifier classifier = Classifier.train(recipe, texts, folder);
        ClassificationScore score = ClassificationScore.of(classifier, texts.test());
        assertThat(score.accuracy()).isGreaterThan(0.9);
        assertThat(score.texts()).isEqualTo(80);
    }

    @Test
    void a_label_that_is_new_since_the_training_is_named() throws IOException {
        ClassificationRecipe recipe = recipe("training.epochs=1");
        Classifier classifier = Classifier.train(recipe, texts(recipe), folder);
        List<LabelledText> strange =
                List.of(new LabelledText("liked", "good"), new LabelledText("mixed", "so so"));
        assertThatThrownBy(() -> ClassificationScore.of(classifier, strange))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text 1 is labelled 'mixed'; the model knows [disliked, liked]");
    }

    @Test
    void the_word_that_decides_contributes_most() throws IOException {
        Classifier classifier = Classifier.train(recipe(), texts(recipe()), folder);
        for (int steps : new int[] {1, 64}) {
            Explanation why = classifier.explain("the rain was good and the people", steps);
            assertThat(why.decision().label()).isEqualTo("liked");
            assertThat(
                            Collections.max(
                                    why.words(),
                                    (a, b) -> Double.compare(a.contribution(), b.contribution())))
                    .extracting(Explanation.Word::text)
                    .isEqualTo("good");
        }
    }

    @ParameterizedTest
    @CsvSource({"words, 3000", "byte-pair, 270", "characters, 3000", "bytes, 8000"})
    void contributions_of_words_as_typed_sum_to_the_decision(String tokens, int vocabulary)
            throws IOException {
        ClassificationRecipe recipe =
                recipe(
                        "tokenizer.kind=" + tokens,
                        "tokenizer.vocabulary=" + vocabulary,
                        "data.maxTokens=60",
                        "model.kind=mlp",
                        "pooling=mean",
                        "training.epochs=4");
        Classifier classifier = Classifier.train(recipe, texts(recipe), folder);
        Explanation why = classifier.explain("The rain\u00e9 was  good.", 2_000);
        assertThat(why.words())
                .extracting(Explanation.Word::text)
                .containsExactly("The", "rain\u00e9", "was", "good", ".", Explanation.END);
        // without a memory, the mean of zeros is the same for one row of them as for many
        Explanation nothing = classifier.explain("", 2_000);
        double zeros = nothing.margin() - nothing.sum();
        boolean same = nothing.decision().label().equals(why.decision().label());
        assertThat(why.sum()).isCloseTo(why.margin() - (same ? zeros : -zeros), within(2e-3));
        assertThat(Math.abs(why.sum())).isGreaterThan(0.05);
    }

    @Test
    void integrated_gradients_sum_to_the_change_from_a_text_of_zeros() throws IOException {
        ClassificationRecipe recipe = recipe("model.kind=gru", "pooling=mean");
        Classifier classifier = Classifier.train(recipe, texts(recipe), folder);
        double some = classifier.explain("the good film", 400).sum();
        double fewer = classifier.explain("the good film", 200).sum();
        // the sum converges, and with it what is left of the margin is that of zeros: the same for
        // every text of a length
        double zeros = classifier.explain("the good film", 400).margin() - some;
        Explanation other = classifier.explain("the bad film", 400);
        double otherZeros = other.margin() - other.sum();
        assertThat(fewer).isCloseTo(some, within(1e-2));
        // of the other class, so with the other sign
        assertThat(other.decision().label()).isEqualTo("disliked");
        assertThat(otherZeros).isCloseTo(-zeros, within(2e-2));
    }

    @Test
    void odd_texts_get_an_answer() throws IOException {
        Classifier classifier =
                Classifier.train(recipe("training.epochs=1"), texts(recipe()), folder);
        assertThat(
                        classifier.predictAll(
                                List.of("", "\u65e5\u672c", "\ud83d\ude00", "good ".repeat(5_000))))
                .allSatisfy(
                        answer ->
                                assertThat(
                                                answer.probabilities().values().stream()
                                                        .mapToDouble(p -> p)
                                                        .sum())
                                        .isCloseTo(1, within(1e-5)));
        assertThat(classifier.predictAll(List.of())).isEmpty();
    }

    @Test
    void a_run_that_lost_its_classes_says_so() throws IOException {
        Classifier.train(recipe("training.epochs=1"), texts(recipe()), folder);
        Files.writeString(folder.resolve("classes.json"), "[1, ");
        assertThatThrownBy(() -> Classifier.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("classes.json");
        Files.delete(folder.resolve("classes.json"));
        assertThatThrownBy(() -> Classifier.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("classes.json");
    }

    @Test
    void texts_of_one_class_are_refused() {
        List<LabelledText> same = Collections.nCopies(50, new LabelledText("liked", "good"));
        assertThatThrownBy(() -> LabelledTexts.of("same", same, recipe().data(), 1))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("two classes");
    }

    @Test
    void a_table_of_your_own_is_learnt_from_and_its_bad_rows_are_named() throws IOException {
        List<String> lines = new ArrayList<>(List.of("stars\ttext"));
        for (LabelledText text : texts(recipe()).train()) {
            lines.add(text.label() + "\t" + text.text());
        }
        lines.set(3, "liked");
        Path file = Files.write(folder.resolve("reviews.tsv"), lines);
        ClassificationRecipe recipe =
                recipe("data.set=own", "data.file=" + file, "data.label=stars");
        Corpus<LabelledText> own =
                LabelledTexts.of(recipe.data(), 1, DataFiles.standard(ProgressListener.SILENT));
        assertThat(own.labels()).containsExactly("disliked", "liked");
        assertThat(own.remarks()).anyMatch(remark -> remark.startsWith(file + ":4: "));
        assertThat(own.train().size() + own.validation().size() + own.test().size())
                .isEqualTo(lines.size() - 2);
        Path test = Files.write(folder.resolve("test.tsv"), List.of("stars\ttext", "odd\tgood"));
        ClassificationRecipe other =
                recipe("data.file=" + file, "data.label=stars", "data.testFile=" + test);
        assertThatThrownBy(
                        () ->
                                LabelledTexts.of(
                                        other.data(),
                                        1,
                                        DataFiles.standard(ProgressListener.SILENT)))
                .hasMessageContaining(test + ":2: ")
                .hasMessageContaining("'odd'");
    }

    @Test
    void a_run_does_not_go_on_with_classes_it_did_not_learn() throws IOException {
        RunFolder run = new RunFolder(folder);
        Runs.prepare(ClassificationTask.TASK, recipe("training.epochs=1"), texts(recipe()), run)
                .run();
        Corpus<LabelledText> texts = texts(recipe());
        Corpus<LabelledText> others = texts.labelled(List.of("good", "poor"));
        assertThatThrownBy(() -> Runs.prepare(ClassificationTask.TASK, recipe(), others, run))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("[disliked, liked]")
                .hasMessageContaining("[good, poor]");
        assertThat(Classifier.load(folder).classes()).containsExactly("disliked", "liked");
    }

    @Test
    void a_bad_row_of_a_test_file_is_told_and_the_others_are_used() throws IOException {
        List<String> lines = new ArrayList<>(List.of("label\ttext"));
        texts(recipe()).train().forEach(t -> lines.add(t.label() + "\t" + t.text()));
        Path file = Files.write(folder.resolve("train.tsv"), lines);
        lines.set(5, "no text");
        lines.set(7, "unheard of\tgood");
        Path test = Files.write(folder.resolve("test.tsv"), lines);
        ClassificationRecipe recipe =
                recipe("data.set=own", "data.file=" + file, "data.testFile=" + test);
        Corpus<LabelledText> own =
                LabelledTexts.of(recipe.data(), 1, DataFiles.standard(ProgressListener.SILENT));
        assertThat(own.test()).hasSize(lines.size() - 3);
        assertThat(own.remarks())
                .anyMatch(remark -> remark.startsWith(test + ":6: "))
                .anyMatch(remark -> remark.startsWith(test + ":8: "));
    }

    /**
     * All of 10 positive texts and a quarter of 190 negative ones have the word "spark". So a text
     * with it is negative with a probability of 0.83, and positive with one of 0.8 if both classes
     * count alike.
     */
    @ParameterizedTest
    @CsvSource({"balanced, pos", "{pos: 19}, pos", ", neg"})
    void a_rare_class_is_found_if_classes_are_weighted(String weights, String answer)
            throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<LabelledText> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean rare = i % 20 == 0;
            boolean spark = rare || i % 4 == 1;
            String filler = FILLERS.get(random.nextInt(FILLERS.size()));
            texts.add(
                    new LabelledText(
                            rare ? "pos" : "neg", spark ? filler + " spark" : filler + " room"));
        }
        List<String> changes = new ArrayList<>(List.of("model.dropout=0", "training.epochs=20"));
        changes.add("training.validation.monitor=loss");
        if (weights != null) {
            changes.add("training.classWeights=" + weights);
        }
        ClassificationRecipe recipe = recipe(changes.toArray(String[]::new));
        Classifier classifier =
                Classifier.train(recipe, LabelledTexts.of("made", texts, recipe.data(), 1), folder);
        List<String> rare =
                texts.stream()
                        .filter(t -> t.label().equals("pos"))
                        .map(LabelledText::text)
                        .toList();
        long found =
                classifier.predictAll(rare).stream()
                        .filter(one -> one.label().equals("pos"))
                        .count();
        assertThat(found).isEqualTo(answer.equals("pos") ? rare.size() : 0);
        assertThat(classifier.predict("the room").label()).isEqualTo("neg");
    }

    /** The same words, with an accent in a character and behind it. */
    @ParameterizedTest
    @CsvSource({"nfc, words", "nfd, byte-pair", "nfkc, characters", "nfkd, bytes"})
    void texts_that_look_alike_are_one_text_in_a_form_of_unicode(String form, String kind)
            throws IOException {
        String composed = "caf\u00e9 na\u00efve";
        String decomposed = "cafe\u0301 nai\u0308ve";
        ClassificationRecipe recipe =
                recipe(
                        "tokenizer.normalization=" + form,
                        "tokenizer.kind=" + kind,
                        "training.epochs=1");
        List<LabelledText> texts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            texts.add(new LabelledText(i % 2 == 0 ? "yes" : "no", i % 2 == 0 ? composed : "bad"));
        }
        Classifier.train(recipe, LabelledTexts.of("made", texts, recipe.data(), 1), folder);
        Classifier loaded = Classifier.load(folder);
        assertThat(loaded.predict(decomposed)).isEqualTo(loaded.predict(composed));
        assertThat(loaded.explain(decomposed).words())
                .extracting(Explanation.Word::text)
                .contains("nai\u0308ve");
        assertThat(Files.readString(folder.resolve("tokenizer.json")))
                .containsPattern("\"type\" ?: ?\"" + form.toUpperCase(Locale.ROOT) + "\"");
    }

    @Test
    void a_corpus_without_names_of_classes_is_refused_with_what_to_do() {
        Corpus<LabelledText> data =
                Corpus.of("mine", Collections.nCopies(20, new LabelledText("yes", "a film")));
        assertThatThrownBy(() -> Classifier.train(recipe(), data, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'mine' has no names of classes", "corpus.labelled(");
    }
}
