package dev.unroll.tasks.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.Splits;
import dev.unroll.data.TaggedSentence;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole way, on a made language: names have capitals, what follows "to" is a verb, and the same
 * words are nouns elsewhere. So a tag hangs on spelling, on the word, and on its neighbour.
 */
class TaggerTest {
    private static final List<String> BOTH = List.of("walk", "run", "dream", "talk");

    @TempDir Path folder;

    private static TaggingRecipe recipe(String... changes) {
        String yaml =
                """
                task: tag
                data: {set: own}
                words: {characterWidth: 8, hidden: 8, rare: 2, unknown: 0.5}
                model:
                  {kind: lstm, width: 16, hidden: 16, dropout: 0.1}
                training: {epochs: 12, learningRate: 0.01, batchTokens: 100, validation: {monitor: accuracy}}
                """;
        List<String> all = new ArrayList<>(List.of(changes));
        if (all.contains("model.kind=transformer")) {
            all.addAll(List.of("model.heads=2", "model.feedForward=32"));
        }
        return RecipeFile.parse(TaggingRecipe.class, yaml, all.toArray(String[]::new));
    }

    private static Corpus<TaggedSentence> data() {
        SplittableRandom random = new SplittableRandom(3);
        List<TaggedSentence> sentences = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            List<String> words = new ArrayList<>();
            List<String> tags = new ArrayList<>();
            for (int w = random.nextInt(1, 6); w > 0; w--) {
                boolean verb = random.nextBoolean();
                if (random.nextInt(3) == 0) {
                    words.add(name(random));
                    tags.add("NAME");
                }
                words.add(verb ? "to" : "the");
                tags.add("SMALL");
                words.add(BOTH.get(random.nextInt(BOTH.size())));
                tags.add(verb ? "VERB" : "NOUN");
            }
            sentences.add(new TaggedSentence(words, tags));
        }
        return TaggedSentences.of("made", Splits.of("made", sentences, 0.1, 0.2, 1), List.of());
    }

    /** A capital and some small letters: nearly every name is new. */
    private static String name(SplittableRandom random) {
        StringBuilder name = new StringBuilder().append((char) ('A' + random.nextInt(26)));
        for (int i = random.nextInt(2, 6); i > 0; i--) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        return name.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "lstm, lstm",
        "gru, gru",
        "elman, elman",
        "transformer, lstm",
        "lstm, transformer",
        "gru, mlp"
    })
    void every_kind_of_network_learns_tags_also_of_words_it_has_never_seen(
            String kind, String spelling) throws IOException {
        Tagger tagger =
                Tagger.train(
                        recipe("model.kind=" + kind, "words.kind=" + spelling), data(), folder);
        TaggingScore score = TaggingScore.of(tagger, data().test());
        assertThat(score.accuracy()).isGreaterThan(0.97);
        assertThat(score.unknown().unknownWords()).isGreaterThan(20);
        assertThat(score.unknown().unknownAccuracy()).isGreaterThan(0.9);
        assertThat(score.sentences()).isEqualTo(80);
    }

    @Test
    void a_network_without_memory_cannot_tell_words_by_their_neighbours() throws IOException {
        Tagger tagger = Tagger.train(recipe("model.kind=mlp"), data(), folder);
        TaggingScore score = TaggingScore.of(tagger, data().test());
        assertThat(score.accuracy()).isBetween(0.5, 0.9);
    }

    @Test
    void a_test_part_without_a_sentence_is_refused_with_the_keys_that_fill_it() throws IOException {
        Path own = Files.writeString(folder.resolve("own.tsv"), "to\tA\nwalk\tB\n\n".repeat(30));
        TaggingRecipe recipe = recipe("training.epochs=1", "data.test=0", "data.file=" + own);
        DataFiles files = DataFiles.standard(ProgressListener.SILENT);
        RunFolder run = new RunFolder(folder);
        TaggingTask.TASK.prepare(recipe, run, files).run();
        assertThatThrownBy(() -> TaggingTask.TASK.evaluate(recipe, run, Split.TEST, files))
                .hasMessageContaining("own.tsv: the test part is empty")
                .hasMessageContaining("'data.testFile'");
    }

    @Test
    void text_is_split_into_words_and_sentences() throws IOException {
        Tagger tagger = Tagger.train(recipe(), data(), folder);
        List<List<Tag>> sentences = tagger.tagText("Pollux to run the dream\nto walk");
        assertThat(sentences).hasSize(2);
        assertThat(sentences.getFirst())
                .extracting(Tag::word)
                .containsExactly("Pollux", "to", "run", "the", "dream");
        assertThat(sentences.getFirst())
                .extracting(Tag::tag)
                .containsExactly("NAME", "SMALL", "VERB", "SMALL", "NOUN");
        assertThat(sentences.getFirst())
                .allSatisfy(tag -> assertThat(tag.probability()).isBetween(0.25, 1.0));
        assertThat(tagger.tagText("")).isEmpty();
        assertThat(tagger.tagText(" \n\n\t")).isEmpty();
    }

    @Test
    void nothing_that_is_asked_is_too_strange() throws IOException {
        Tagger tagger = Tagger.train(recipe("training.epochs=1"), data(), folder);
        assertThat(tagger.predictAll(List.of())).isEmpty();
        assertThat(tagger.predict(List.of())).isEmpty();
        List<String> strange =
                List.of("", " ", "\u0000", "漢字", "\ud83d\ude00", "\ud83d", "x".repeat(100_000));
        assertThat(tagger.predict(strange))
                .extracting(Tag::word)
                .containsExactlyElementsOf(strange);
        List<String> huge = Collections.nCopies(3 * Piece.LONGEST + 1, "walk");
        List<Tag> tags = tagger.predict(huge);
        assertThat(tags).hasSameSizeAs(huge);
        assertThat(tags.subList(0, Piece.LONGEST))
                .isEqualTo(tags.subList(Piece.LONGEST, 2 * Piece.LONGEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "transformer"})
    void sentences_are_tagged_alike_alone_and_together_and_by_many_threads(String kind)
            throws Exception {
        Tagger tagger =
                Tagger.train(
                        recipe("model.kind=" + kind, "words.kind=" + kind, "training.epochs=1"),
                        data(),
                        folder);
        List<List<String>> asked = data().test().stream().map(TaggedSentence::words).toList();
        List<List<Tag>> together = tagger.predictAll(asked);
        for (int s = 0; s < asked.size(); s++) {
            List<Tag> alone = tagger.predict(asked.get(s));
            List<Tag> among = together.get(s);
            assertThat(alone).extracting(Tag::tag).isEqualTo(among.stream().map(Tag::tag).toList());
            IntStream.range(0, alone.size())
                    .forEach(
                            w ->
                                    assertThat(alone.get(w).probability())
                                            .isCloseTo(among.get(w).probability(), within(1e-4)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<List<List<Tag>>>> calls =
                    Collections.nCopies(8, () -> tagger.predictAll(asked));
            for (Future<List<List<Tag>>> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(together);
            }
        }
    }

    @Test
    void a_damaged_run_is_refused() throws IOException {
        Tagger.train(recipe("training.epochs=1"), data(), folder);
        Path lexicon = folder.resolve("lexicon.json");
        String text = Files.readString(lexicon);
        Files.writeString(lexicon, text.substring(0, text.length() / 2));
        assertThatThrownBy(() -> Tagger.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("lexicon.json is not a JSON object of words");
        Files.writeString(lexicon, "{\"words\":[\"a\"],\"counts\":[],\"characters\":[]}");
        assertThatThrownBy(() -> Tagger.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("lexicon.json is not a JSON object of words");
        Files.delete(lexicon);
        assertThatThrownBy(() -> Tagger.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("lexicon.json is missing");
    }

    @Test
    void data_with_one_tag_or_nothing_to_decide_with_teach_nothing() {
        List<TaggedSentence> one =
                Collections.nCopies(10, new TaggedSentence(List.of("walk"), List.of("NOUN")));
        assertThatThrownBy(
                        () ->
                                TaggedSentences.of(
                                        "one", Splits.of("one", one, 0.2, 0, 1), List.of()))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("at least two tags");
        List<TaggedSentence> two = new ArrayList<>(one);
        two.add(new TaggedSentence(List.of("walk"), List.of("VERB")));
        assertThatThrownBy(
                        () -> TaggedSentences.of("two", Splits.of("two", two, 0, 0, 1), List.of()))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'data.validation'");
    }

    /**
     * All of 10 places of the rare tag and 50 of another have the word "spark": there the other tag
     * is five times as probable, and the rare one eight times if all tags count alike.
     */
    @ParameterizedTest
    @CsvSource({"balanced, RARE", "{RARE: 40}, RARE", ", OTHER"})
    void a_rare_tag_is_found_if_tags_are_weighted(String weights, String answer)
            throws IOException {
        List<TaggedSentence> sentences = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean rare = i % 20 == 0;
            boolean spark = rare || i % 4 == 1;
            sentences.add(
                    new TaggedSentence(
                            List.of("the", spark ? "spark" : BOTH.get(i % 4)),
                            List.of("OTHER", rare ? "RARE" : "OTHER")));
        }
        List<String> changes = new ArrayList<>(List.of("model.dropout=0", "words.unknown=0"));
        changes.add("training.validation.monitor=loss");
        if (weights != null) {
            changes.add("training.classWeights=" + weights);
        }
        Tagger tagger =
                Tagger.train(
                        recipe(changes.toArray(String[]::new)),
                        TaggedSentences.of(
                                "made", Splits.of("made", sentences, 0.1, 0.1, 1), List.of()),
                        folder);
        assertThat(tagger.predict(List.of("the", "spark")))
                .extracting(Tag::tag)
                .containsExactly("OTHER", answer);
        assertThat(tagger.predict(List.of("the", "walk")))
                .extracting(Tag::tag)
                .containsExactly("OTHER", "OTHER");
    }

    @Test
    void words_that_look_alike_are_one_word_in_a_form_of_unicode() throws IOException {
        String composed = "caf\u00e9";
        String decomposed = "cafe\u0301";
        List<TaggedSentence> sentences =
                Collections.nCopies(
                        40, new TaggedSentence(List.of("the", composed), List.of("D", "N")));
        Corpus<TaggedSentence> data =
                TaggedSentences.of("made", Splits.of("made", sentences, 0.1, 0.1, 1), List.of());
        Tagger.train(
                recipe("words.normalization=nfd", "training.epochs=1"), data, folder.resolve("a"));
        Tagger tagger = Tagger.load(folder.resolve("a"));
        assertThat(tagger.knows(composed)).isTrue();
        assertThat(tagger.knows(decomposed)).isTrue();
        List<Tag> answer = tagger.predict(List.of("the", decomposed));
        assertThat(answer.get(1).word()).isEqualTo(decomposed);
        assertThat(answer.get(1).probability())
                .isEqualTo(tagger.predict(List.of("the", composed)).get(1).probability());
        Tagger plain = Tagger.train(recipe("training.epochs=1"), data, folder.resolve("b"));
        assertThat(plain.knows(decomposed)).isFalse();
    }

    @Test
    void a_corpus_without_names_of_tags_is_refused_with_what_to_do() {
        Corpus<TaggedSentence> data =
                Corpus.of(
                        "mine",
                        Collections.nCopies(20, new TaggedSentence(List.of("the"), List.of("D"))));
        assertThatThrownBy(() -> Tagger.train(recipe(), data, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'mine' has no names of classes", "corpus.labelled(");
    }
}
