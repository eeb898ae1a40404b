package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where tokens end in the text as it was typed. */
class TokenOffsetsTest {

    private static final int BYTES = 3 + 256;

    private static BytePairTokenizer bytePairs(
            int merges, Normalization normalization, LeadingSpace space, String... texts) {
        return BytePairTokenizer.train(
                List.of(texts), new TokenizerOptions(BYTES + merges, 1, normalization), space);
    }

    private static Stream<Tokenizer> tokenizers(String text) {
        return Stream.of(Normalization.values())
                .flatMap(
                        n -> {
                            TokenizerOptions options = new TokenizerOptions(10_000, 1, n);
                            return Stream.of(
                                    CharacterTokenizer.train(List.of(text), options),
                                    WordTokenizer.train(List.of(text), options),
                                    bytePairs(0, n, LeadingSpace.KEPT),
                                    bytePairs(0, n, LeadingSpace.ADDED),
                                    bytePairs(40, n, LeadingSpace.ADDED, text));
                        });
    }

    /** The text up to a token's end is what the tokens up to there say. */
    @ParameterizedTest
    @MethodSource("dev.unroll.text.TestTexts#awkward")
    void tokens_up_to_a_place_say_the_text_up_to_it(String text) {
        for (String typed : List.of(text, text + "\u0130", "\u0130 \ud800" + text)) {
            tokenizers(typed).forEach(tokenizer -> requireSaid(tokenizer, typed));
        }
    }

    private static void requireSaid(Tokenizer tokenizer, String typed) {
        int[] ids = tokenizer.encode(typed);
        int[] ends = tokenizer.ends(typed);
        assertThat(ends).hasSameSizeAs(ids).isSorted();
        assertThat(IntStream.of(ends).max().orElse(0)).isEqualTo(typed.length());
        for (int t = 0; t < ids.length; t++) {
            if (t + 1 < ids.length && ends[t + 1] == ends[t]) {
                continue; // the two share a character
            }
            String said = tokenizer.decode(IntStream.of(ids).limit(t + 1).toArray());
            String there = typed.substring(0, ends[t]);
            assertThat(said).isEqualTo(tokenizer.normalization().apply(there));
        }
    }

    @Test
    void tokens_that_share_a_character_end_together() {
        BytePairTokenizer tokenizer = bytePairs(0, Normalization.NONE, LeadingSpace.KEPT);
        assertThat(tokenizer.ends("a\u00e9 \ud83d\ude00b"))
                .containsExactly(1, 2, 2, 3, 5, 5, 5, 5, 6);
        // the second byte of one character and the first of the next are one token
        BytePairTokenizer crossing =
                new BytePairTokenizer(
                        Vocabulary.withSpecials(
                                Stream.concat(
                                                ByteAlphabet.letters().stream(),
                                                Stream.of("\u00a9\u00c3"))
                                        .toList()),
                        List.of(new BytePairTokenizer.Merge("\u00a9", "\u00c3")),
                        Normalization.NONE,
                        LeadingSpace.KEPT);
        assertThat(crossing.ends("a\u00e9\u00e9\u00e9b")).containsExactly(1, 4, 4, 4, 4, 5);
    }

    @Test
    void a_space_that_was_put_before_is_no_place_of_the_text() {
        BytePairTokenizer tokenizer = bytePairs(0, Normalization.NONE, LeadingSpace.ADDED);
        assertThat(tokenizer.ends("ab")).containsExactly(0, 1, 2);
        assertThat(tokenizer.ends("")).isEmpty();
        WordTokenizer words = WordTokenizer.train(List.of("a"), TokenizerOptions.ofSize(10));
        assertThat(words.ends("an unknown  word")).containsExactly(2, 10, 11, 16);
    }

    @Test
    void a_character_that_becomes_two_in_lower_case_ends_once() {
        CharacterTokenizer tokenizer =
                CharacterTokenizer.train(
                        List.of("ab"), new TokenizerOptions(10, 1, Normalization.LOWERCASE));
        assertThat(tokenizer.ends("A\u0130b")).containsExactly(1, 2, 2, 3);
        BytePairTokenizer pieces = bytePairs(0, Normalization.LOWERCASE, LeadingSpace.ADDED);
        assertThat(pieces.ends("A\u0130b")).containsExactly(0, 1, 2, 2, 2, 3);
    }

    @Test
    void an_accent_that_is_composed_belongs_to_the_character_before_it() {
        TokenizerOptions options = new TokenizerOptions(100, 1, Normalization.NFC);
        String typed = "cafe\u0301 \u1112\u1161\u11ab!";
        CharacterTokenizer characters = CharacterTokenizer.train(List.of(typed), options);
        assertThat(characters.encode(typed)).hasSize(7);
        assertThat(characters.ends(typed)).containsExactly(1, 2, 3, 5, 6, 9, 10);
    }
}
