package dev.unroll.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.data.LabelledPair;
import dev.unroll.data.LabelledText;
import dev.unroll.data.Pair;
import dev.unroll.data.Splits;
import dev.unroll.data.TaggedSentence;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.DataFolders.Place;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.data.table.MaskedVideo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetTest {

    @Test
    void every_set_is_found_by_its_name_and_keeps_its_files_in_a_folder_of_that_name() {
        assertThat(DataSets.published())
                .hasSizeGreaterThanOrEqualTo(9)
                .allSatisfy(
                        set -> {
                            String name = set.name();
                            assertThat(DataSets.named(DataSet.class, name)).isEqualTo(set);
                            assertThat(set.about().files())
                                    .isNotEmpty()
                                    .allMatch(file -> file.path().startsWith(name + "/"));
                        });
    }

    @Test
    void an_unknown_name_is_told_the_known_ones() {
        assertThatThrownBy(() -> DataSets.named(DataSet.class, "multi31k"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "'multi31k'", "did you mean 'multi30k'?", "multi30k, tatoeba-en-fr");
    }

    @Test
    void a_set_with_another_kind_of_example_is_refused_and_those_of_the_kind_are_named() {
        assertThatThrownBy(() -> DataSets.named(LabelledTextSet.class, "multi30k"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'multi30k' has another kind", "imdb, movie-reviews");
    }

    @ParameterizedTest
    @CsvSource({"de, es", "cz, en", "de, de"})
    void languages_a_set_does_not_have_are_refused(String source, String target) {
        DataFiles files = DataFiles.standard(ProgressListener.SILENT);
        assertThatThrownBy(() -> new Multi30k().load(files, source, target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two different languages of [de, en, fr]");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void no_sentence_of_either_language_is_in_two_splits(long seed) {
        List<Pair> pairs = linked(new Random(seed));
        Splits<Pair> splits = Tatoeba.split(pairs);
        assertDisjoint(splits, Pair::source);
        assertDisjoint(splits, Pair::target);
        assertThat(splits.train()).isNotEmpty();
        assertThat(splits.validation()).isNotEmpty();
        assertThat(splits.test()).isNotEmpty();
        assertThat(splits.train().size() + splits.validation().size() + splits.test().size())
                .isEqualTo(pairs.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void the_order_of_the_pairs_does_not_change_their_splits(long seed) {
        List<Pair> pairs = linked(new Random(seed));
        Set<Pair> test = Set.copyOf(Tatoeba.split(pairs).test());
        Collections.shuffle(pairs, new Random(seed));
        assertThat(Set.copyOf(Tatoeba.split(pairs).test())).isEqualTo(test);
    }

    @Test
    void multi30k_is_read_whole() throws IOException {
        Splits<Pair> splits = load(new Multi30k(), "de", "en");
        assertThat(splits.train()).hasSize(29_000);
        assertThat(splits.validation()).hasSize(1_014);
        assertThat(splits.test()).hasSize(1_000);
        assertThat(splits.test().getFirst().target())
                .isEqualTo("A man in an orange hat starring at something.");
    }

    @Test
    void tatoeba_is_read_and_split_in_both_directions() throws IOException {
        Splits<Pair> english = load(new Tatoeba(), "en", "fr");
        assertDisjoint(english, Pair::source);
        assertDisjoint(english, Pair::target);
        double all = english.train().size() + english.validation().size() + english.test().size();
        assertThat(all).isGreaterThan(100_000);
        assertThat(english.validation().size() / all).isBetween(0.015, 0.025);
        assertThat(english.test().size() / all).isBetween(0.015, 0.025);
        Pair first = english.test().getFirst();
        Pair turned = load(new Tatoeba(), "fr", "en").test().getFirst();
        assertThat(turned.source()).isEqualTo(first.target());
        assertThat(turned.target()).isEqualTo(first.source());
    }

    /** By hand: chains of translations, and overlaps of words. */
    @Test
    void paraphrases_share_a_translation_and_the_others_words_and_no_chain_of_translations() {
        List<Pair> translations = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            translations.add(new Pair("cat " + i + " sits here", "chat " + i));
            translations.add(new Pair("cat " + i + " rests here", "chat " + i));
            translations.add(new Pair("Cat " + i + " rests here!", "chat " + i));
            translations.add(new Pair("dog " + i + " sits here", "chien " + i));
        }
        Splits<LabelledPair> parts = TatoebaParaphrases.of(translations);
        List<LabelledPair> all = new ArrayList<>(parts.train());
        all.addAll(parts.validation());
        all.addAll(parts.test());
        assertThat(all).filteredOn(pair -> pair.label().equals("paraphrase")).hasSize(400);
        assertThat(all).filteredOn(pair -> pair.label().equals("different")).hasSize(400);
        assertThat(all)
                .allSatisfy(
                        pair -> {
                            String first = pair.texts().first().replaceAll("\\D", "");
                            String second = pair.texts().second().replaceAll("\\D", "");
                            boolean cats = !(pair.texts() + "").contains("dog");
                            assertThat(cats && first.equals(second))
                                    .isEqualTo(pair.label().equals("paraphrase"));
                        });
        assertThat(all).extracting(LabelledPair::texts).doesNotHaveDuplicates();
    }

    @Test
    void tatoeba_has_paraphrases_in_parts_that_share_no_sentence() throws IOException {
        Splits<LabelledPair> parts = new Tatoeba().pairs(here(new Tatoeba()));
        Set<String> seen = new HashSet<>();
        int sentences = 0;
        for (List<LabelledPair> part : List.of(parts.train(), parts.validation(), parts.test())) {
            Set<String> own =
                    part.stream()
                            .map(LabelledPair::texts)
                            .flatMap(texts -> Stream.of(texts.first(), texts.second()))
                            .collect(Collectors.toSet());
            seen.addAll(own);
            sentences += own.size();
            double same = part.stream().filter(p -> p.label().equals("paraphrase")).count();
            assertThat(same / part.size()).isBetween(0.49, 0.51);
        }
        assertThat(seen).hasSize(sentences);
        assertThat(parts.train().size()).isGreaterThan(10_000);
        assertThat(parts.validation().size()).isBetween(1_000, 2_500);
        assertThat(parts.test().size()).isBetween(1_000, 2_500);
    }

    @Test
    void every_other_set_is_read_whole() throws IOException {
        Splits<LabelledText> imdb = new Imdb().load(here(new Imdb()));
        assertThat(imdb.train()).hasSize(25_000);
        assertThat(imdb.test()).hasSize(25_000);
        Splits<LabelledText> sentences = new MovieReviews().load(here(new MovieReviews()));
        assertThat(sentences.train()).hasSize(9_596);
        assertThat(sentences.test()).hasSize(1_066);
        Splits<String> plays = new TinyShakespeare().load(here(new TinyShakespeare()));
        assertThat(plays.train().getFirst()).hasSize(1_003_854).startsWith("First Citizen:");
        assertThat(plays.validation().getFirst()).hasSize(111_540);
        Splits<TaggedSentence> web = new UdEnglishEwt().load(here(new UdEnglishEwt()));
        assertThat(web.train()).hasSize(12_544);
        assertThat(web.validation()).hasSize(2_001);
        assertThat(web.test()).hasSize(2_077);
        assertThat(new GesturePhases().recordings(here(new GesturePhases())))
                .extracting(recording -> recording.labels().size())
                .containsExactly(1_743, 1_260, 1_830, 1_069, 1_420, 1_107, 1_444);
        List<MaskedVideo> videos = new Davis().load(here(new Davis()));
        assertThat(videos).hasSize(20);
        assertThat(videos.stream().mapToInt(video -> video.frames().size()).sum()).isEqualTo(1_376);
    }

    private static Splits<Pair> load(TranslationSet set, String source, String target)
            throws IOException {
        return set.load(here(set), source, target);
    }

    private static DataFiles here(DataSet set) {
        DataFiles files = DataFiles.standard(ProgressListener.SILENT);
        assumeTrue(
                files.folders().place(set.about()) != Place.ABSENT,
                "needs the data set "
                        + set.name()
                        + ": run 'unroll data fetch "
                        + set.name()
                        + "', or name a folder that has it in UNROLL_DATA");
        return files;
    }

    /** Pairs of few sentences, so that many share one. */
    private static List<Pair> linked(Random random) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            pairs.add(new Pair("s" + random.nextInt(3_000), "t" + random.nextInt(3_000)));
        }
        return pairs;
    }

    private static void assertDisjoint(Splits<Pair> splits, Function<Pair, String> side) {
        Set<String> train = side(splits.train(), side);
        Set<String> validation = side(splits.validation(), side);
        Set<String> test = side(splits.test(), side);
        Set<String> all = new HashSet<>(train);
        all.addAll(validation);
        all.addAll(test);
        assertThat(all).hasSize(train.size() + validation.size() + test.size());
    }

    private static Set<String> side(List<Pair> pairs, Function<Pair, String> side) {
        return pairs.stream().map(side).collect(Collectors.toSet());
    }
}
