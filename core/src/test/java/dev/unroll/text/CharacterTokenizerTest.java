package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CharacterTokenizerTest {

    private static final TokenizerOptions ALL = TokenizerOptions.ofSize(10_000);

    @Test
    void a_token_is_a_code_point() {
        CharacterTokenizer tokenizer = CharacterTokenizer.train(List.of("a😀a"), ALL);
        assertThat(tokenizer.encode("😀a")).containsExactly(4, 3);
        assertThat(tokenizer.decode(new int[] {1, 4, 3, 2})).isEqualTo("😀a");
    }

    @Test
    void a_character_never_seen_is_unknown() {
        CharacterTokenizer tokenizer = CharacterTokenizer.train(List.of("ab"), ALL);
        assertThat(tokenizer.encode("axb")).containsExactly(3, 0, 4);
    }

    @ParameterizedTest
    @MethodSource("dev.unroll.text.TestTexts#awkward")
    void decoding_gives_back_a_text_whose_characters_were_seen(String text) {
        for (TokenizerOptions options : List.of(ALL, ALL.lowercased())) {
            CharacterTokenizer tokenizer = CharacterTokenizer.train(List.of(text), options);
            assertThat(tokenizer.decode(tokenizer.encode(text)))
                    .isEqualTo(options.normalization().apply(text));
        }
    }

    @Test
    void a_token_of_two_characters_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new CharacterTokenizer(
                                        Vocabulary.withSpecials(List.of("a", "bc")),
                                        Normalization.NONE))
                .withMessage("token 4 'bc' is not a single character");
    }

    @Test
    void options_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenizerOptions.ofSize(3))
                .withMessageContaining("at least 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.seenAtLeast(0))
                .withMessage("minimumFrequency 0: at least 1 is needed");
    }

    @Test
    void an_unknown_character_is_shown_at_its_place_and_told() {
        CharacterTokenizer characters =
                new CharacterTokenizer(
                        Vocabulary.withSpecials(List.of("a", "b")), Normalization.NONE);
        assertThat(characters.show(characters.encode("a\ud83d\ude00b"))).isEqualTo("a<unk>b");
        assertThat(characters.unknown("a\ud83d\ude00b")).containsExactly("\ud83d\ude00");
    }
}
