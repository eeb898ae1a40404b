package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unroll.text.BytePairTokenizer.Merge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BytePairTokenizerTest {

    private static final int ALPHABET = 3 + 256;

    private static final List<String> TEXTS =
            List.of(
                    "The low tide is lower than the lowest tide of last year.",
                    "It's the newest of the new, and the widest of the wide!",
                    "Zwei Männer stehen am Herd und bereiten Essen zu.",
                    "Ein Mädchen klettert in ein Spielhaus aus Holz.");

    private static BytePairTokenizer trained(int merges, Normalization n, LeadingSpace space) {
        return BytePairTokenizer.train(TEXTS, new TokenizerOptions(ALPHABET + merges, 1, n), space);
    }

    private static List<String> tokens(Tokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encode(text))
                .mapToObj(tokenizer.vocabulary()::token)
                .toList();
    }

    @Test
    void training_joins_the_most_frequent_pair_again_and_again() {
        // Words: low x5, lower x2, newest x6, widest x3 (the example of Sennrich et al. 2016), each
        // text one word, so no spaces.
        //   lo 7, ow 7, we 2+6=8, er 2, ne 6, ew 6, es 9, st 9, wi 3, id 3, de 3
        // 1. es and st both 9: the lower pair of ids is (e, s)            -> es
        //   then est 9, we only 2 (lower), wes 6
        // 2. (es, t) 9                                                    -> est
        // 3. lo 7 and ow 7: (l, o)                                        -> lo
        // 4. (lo, w) 7                                                    -> low
        // 5. ne 6, ew 6, (w, est) 6: (e, w)                               -> ew
        // 6. (n, ew) 6 and (ew, est) 6: n is an older token than ew       -> new
        // 7. (new, est) 6                                                 -> newest
        List<String> words = new ArrayList<>();
        words.addAll(Collections.nCopies(5, "low"));
        words.addAll(Collections.nCopies(2, "lower"));
        words.addAll(Collections.nCopies(6, "newest"));
        words.addAll(Collections.nCopies(3, "widest"));
        BytePairTokenizer tokenizer =
                BytePairTokenizer.train(words, TokenizerOptions.ofSize(ALPHABET + 7));
        assertThat(tokenizer.merges())
                .containsExactly(
                        new Merge("e", "s"),
                        new Merge("es", "t"),
                        new Merge("l", "o"),
                        new Merge("lo", "w"),
                        new Merge("e", "w"),
                        new Merge("n", "ew"),
                        new Merge("new", "est"));
        assertThat(tokens(tokenizer, "lowest newest")).containsExactly("low", "est", "Ġ", "newest");
    }

    @Test
    void training_stops_when_no_pair_is_frequent_enough() {
        BytePairTokenizer tokenizer =
                BytePairTokenizer.train(
                        List.of("ab ab ab xy xy"), TokenizerOptions.ofSize(5000).seenAtLeast(3));
        assertThat(tokenizer.merges()).containsExactly(new Merge("a", "b"));
    }

    @Test
    void repeated_letters_are_counted_without_overlap_when_joined() {
        // aaaa: (a, a) is joined twice, then the two aa are joined.
        BytePairTokenizer tokenizer =
                BytePairTokenizer.train(List.of("aaaa"), TokenizerOptions.ofSize(ALPHABET + 9));
        assertThat(tokenizer.merges()).containsExactly(new Merge("a", "a"), new Merge("aa", "aa"));
        assertThat(tokens(tokenizer, "aaaaaaa")).containsExactly("aaaa", "aa", "a");
    }

    @Test
    void the_order_of_the_texts_does_not_matter() {
        List<String> shuffled = new ArrayList<>(TEXTS);
        Collections.reverse(shuffled);
        TokenizerOptions options = TokenizerOptions.ofSize(ALPHABET + 60);
        assertThat(BytePairTokenizer.train(shuffled, options))
                .isEqualTo(BytePairTokenizer.train(TEXTS, options));
    }

    @Test
    void words_are_cut_as_gpt2_cuts_them() {
        BytePairTokenizer tokenizer =
                BytePairTokenizer.train(
                        Collections.nCopies(2, "It's 12 o'clock,  ok?!"),
                        TokenizerOptions.ofSize(5000));
        assertThat(tokens(tokenizer, "It's 12 o'clock,  ok?!"))
                .containsExactly("It", "'s", "Ġ12", "Ġo", "'", "clock", ",", "Ġ", "Ġok", "?!");
    }

    @ParameterizedTest
    @MethodSource("dev.unroll.text.TestTexts#awkward")
    void decoding_gives_every_text_back(String text) {
        for (LeadingSpace space : LeadingSpace.values()) {
            for (Normalization normalization : Normalization.values()) {
                Tokenizer tokenizer = trained(80, normalization, space);
                assertThat(tokenizer.decode(tokenizer.encode(text)))
                        .isEqualTo(normalization.apply(text));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.unroll.text.TestTexts#awkward")
    void joining_through_the_queue_equals_joining_by_rank_one_by_one(String text) {
        BytePairTokenizer tokenizer = trained(80, Normalization.NONE, LeadingSpace.KEPT);
        BytePairTokenizer bytes =
                new BytePairTokenizer(
                        tokenizer.vocabulary(), List.of(), Normalization.NONE, LeadingSpace.KEPT);
        String word = text.replaceAll("[^a-zA-ZäöüÄÖÜß]", "");
        List<String> pieces = new ArrayList<>(tokens(bytes, word));
        for (Merge merge : tokenizer.merges()) {
            for (int i = 0; i + 1 < pieces.size(); i++) {
                if (pieces.get(i).equals(merge.left()) && pieces.get(i + 1).equals(merge.right())) {
                    pieces.set(i, merge.joined());
                    pieces.remove(i + 1);
                }
            }
        }
        assertThat(tokens(tokenizer, word)).isEqualTo(pieces);
    }

    @Test
    void the_first_word_is_like_the_others_when_a_space_is_added() {
        Tokenizer added = trained(200, Normalization.NONE, LeadingSpace.ADDED);
        assertThat(tokens(added, "the the")).containsExactly("Ġthe", "Ġthe");
        Tokenizer kept = trained(200, Normalization.NONE, LeadingSpace.KEPT);
        assertThat(tokens(kept, "the the").getFirst()).doesNotStartWith("Ġ");
        assertThat(added.encode("")).isEmpty();
    }

    @Test
    void special_tokens_have_no_text() {
        Tokenizer tokenizer = trained(10, Normalization.NONE, LeadingSpace.KEPT);
        int[] text = tokenizer.encode("ok");
        int[] marked =
                IntStream.concat(
                                IntStream.concat(IntStream.of(1, 0), Arrays.stream(text)),
                                IntStream.of(2))
                        .toArray();
        assertThat(tokenizer.decode(marked)).isEqualTo("ok");
    }

    @Test
    void a_special_token_written_in_a_text_is_ordinary_text() {
        Tokenizer tokenizer = trained(80, Normalization.NONE, LeadingSpace.KEPT);
        assertThat(tokenizer.encode("a </s> b")).doesNotContain(0, 1, 2);
    }

    @Test
    void bytes_that_are_not_utf_8_become_the_replacement_character() {
        Tokenizer tokenizer = trained(0, Normalization.NONE, LeadingSpace.KEPT);
        int[] euro = tokenizer.encode("€"); // three bytes
        assertThat(tokenizer.decode(Arrays.copyOf(euro, 2))).isEqualTo("\ufffd");
    }

    @ParameterizedTest
    @MethodSource("dev.unroll.text.TestTexts#awkward")
    void without_merges_each_byte_of_a_text_is_a_token(String text) {
        BytePairTokenizer tokenizer = BytePairTokenizer.ofBytes(Normalization.NONE);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] ids = tokenizer.encode(text);
        assertThat(ids).hasSize(bytes.length);
        int[] idOf = new int[256]; // as many bytes, as many ids
        for (int i = 0; i < ids.length; i++) {
            int value = bytes[i] & 0xFF;
            assertThat(ids[i]).isBetween(3, 258);
            assertThat(idOf[value] == 0 || idOf[value] == ids[i]).isTrue();
            idOf[value] = ids[i];
        }
        assertThat(tokenizer.decode(ids)).isEqualTo(text);
        int[] ends = tokenizer.ends(text);
        assertThat(ends).hasSize(ids.length).isSorted();
        for (int i = 0, place = 0; place < text.length(); ) {
            place += Character.charCount(text.codePointAt(place));
            int end = text.substring(0, place).getBytes(StandardCharsets.UTF_8).length;
            while (i < end) {
                assertThat(ends[i++]).isEqualTo(place);
            }
        }
    }

    @Test
    void bytes_need_no_texts_and_equal_a_training_that_learns_nothing() {
        BytePairTokenizer bytes = BytePairTokenizer.ofBytes(Normalization.LOWERCASE);
        assertThat(bytes)
                .isEqualTo(
                        BytePairTokenizer.train(
                                TEXTS, TokenizerOptions.ofSize(ALPHABET).lowercased()));
        assertThat(bytes.vocabulary().size()).isEqualTo(ALPHABET);
        assertThat(tokens(bytes, "Aé z")).containsExactly("a", "Ã", "©", "Ġ", "z");
    }

    @Test
    void half_a_surrogate_pair_is_written_as_the_bytes_of_the_replacement_character() {
        BytePairTokenizer tokenizer = BytePairTokenizer.ofBytes(Normalization.NONE);
        assertThat(tokenizer.decode(tokenizer.encode("a\ud83db"))).isEqualTo("a\ufffdb");
        assertThat(tokenizer.encode("\ude00")).isEqualTo(tokenizer.encode("\ufffd"));
    }

    @Test
    void an_id_outside_the_vocabulary_is_refused() {
        Tokenizer tokenizer = trained(0, Normalization.NONE, LeadingSpace.KEPT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer.decode(new int[] {259}))
                .withMessage("token id 259: the vocabulary has ids 0 to 258");
    }

    @Test
    void many_threads_may_use_one_tokenizer() {
        Tokenizer tokenizer = trained(120, Normalization.LOWERCASE, LeadingSpace.ADDED);
        Random random = new Random(7);
        List<String> texts =
                random.ints(2000, 0, TEXTS.size())
                        .mapToObj(i -> TEXTS.get(i) + " " + random.nextInt(500))
                        .toList();
        List<int[]> together = texts.parallelStream().map(tokenizer::encode).toList();
        Tokenizer fresh = trained(120, Normalization.LOWERCASE, LeadingSpace.ADDED);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(together.get(i)).isEqualTo(fresh.encode(texts.get(i)));
        }
    }

    @Test
    void a_word_of_a_million_letters_can_be_encoded() {
        Tokenizer tokenizer = trained(80, Normalization.NONE, LeadingSpace.KEPT);
        String word = "lowest".repeat(170_000);
        assertThat(tokenizer.decode(tokenizer.encode(word))).isEqualTo(word);
    }

    @Test
    void a_vocabulary_without_room_for_the_bytes_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BytePairTokenizer.train(TEXTS, TokenizerOptions.ofSize(258)))
                .withMessageContaining("258")
                .withMessageContaining("at least 259");
    }

    @Test
    void parts_that_do_not_fit_together_are_refused() {
        Vocabulary bytes =
                BytePairTokenizer.train(List.of(), TokenizerOptions.ofSize(259)).vocabulary();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer(bytes, new Merge("a", "b")))
                .withMessage("merge 0 joins 'a' and 'b', but 'ab' is not in the vocabulary");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer(Vocabulary.withSpecials(List.of("a"))))
                .withMessageContaining("all 256 are needed");
        List<String> more = new ArrayList<>(bytes.tokens());
        more.add("ab");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                tokenizer(
                                        new Vocabulary(more),
                                        new Merge("a", "b"),
                                        new Merge("a", "b")))
                .withMessageContaining("as merge 0 does already");
        more.add("a b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer(new Vocabulary(more)))
                .withMessageContaining("stands for no byte");
    }

    private static BytePairTokenizer tokenizer(Vocabulary vocabulary, Merge... merges) {
        return new BytePairTokenizer(
                vocabulary, List.of(merges), Normalization.NONE, LeadingSpace.KEPT);
    }
}
