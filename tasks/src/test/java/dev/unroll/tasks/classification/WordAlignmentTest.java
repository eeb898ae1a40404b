package dev.unroll.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tasks.model.Keep;
import dev.unroll.tasks.model.TruncatingEncoder;
import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerOptions;
import dev.unroll.text.WordTokenizer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordAlignmentTest {

    private static final String TEXT =
            "\u00dcber \u201ena\u00efve\u201c Caf\u00e9s:  it's \u65e5\u672c \ud83d\ude00\n(9.5)! \n";

    private static final Tokenizer BYTES =
            BytePairTokenizer.train(List.of(), TokenizerOptions.ofSize(259));

    static Stream<Tokenizer> tokenizers() {
        TokenizerOptions few = TokenizerOptions.ofSize(10);
        return Stream.of(
                BYTES,
                BytePairTokenizer.train(
                        List.of("Cafe is na\u00efve"), TokenizerOptions.ofSize(270)),
                CharacterTokenizer.train(List.of(TEXT), few),
                WordTokenizer.train(List.of(TEXT), few),
                WordTokenizer.train(List.of(TEXT), few.lowercased()));
    }

    /** Every token but the end's has one of the words, and every word a token. */
    private static WordAlignment read(Tokenizer tokenizer, int maxTokens, Keep keep, String text) {
        TruncatingEncoder coding = new TruncatingEncoder(tokenizer, maxTokens, keep);
        WordAlignment read = WordAlignment.of(coding, text);
        assertThat(read.owners()).hasSize(coding.encode(text).length - 1).isSorted();
        assertThat(IntStream.of(read.owners()).distinct().toArray())
                .isEqualTo(IntStream.range(0, read.words().size()).toArray());
        return read;
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void words_are_those_that_were_typed_whatever_a_token_is(Tokenizer tokenizer) {
        assertThat(read(tokenizer, 1_000, Keep.LAST, TEXT).words())
                .containsExactly(
                        "\u00dcber",
                        "\u201e",
                        "na\u00efve",
                        "\u201c",
                        "Caf\u00e9s",
                        ":",
                        "it",
                        "'",
                        "s",
                        "\u65e5\u672c",
                        "\ud83d\ude00",
                        "(",
                        "9",
                        ".",
                        "5",
                        ")",
                        "!");
    }

    @Test
    void pieces_of_a_word_and_of_a_character_have_one_owner() {
        // the bytes: a, space, two of e with acute, a full stop
        assertThat(read(BYTES, 10, Keep.LAST, "a \u00e9.").owners()).containsExactly(0, 1, 1, 1, 2);
    }

    @Test
    void words_that_a_token_holds_together_are_one() {
        Tokenizer tokenizer =
                BytePairTokenizer.train(List.of("Well... it's..."), TokenizerOptions.ofSize(270));
        assertThat(read(tokenizer, 10, Keep.LAST, "Well... it's!").words())
                .containsExactly("Well", "...", "it", "'s", "!");
    }

    @Test
    void of_a_text_that_is_shortened_the_words_that_stay_are_told() {
        assertThat(read(BYTES, 6, Keep.LAST, "one two three").words()).containsExactly("three");
        assertThat(read(BYTES, 5, Keep.FIRST, "one two three").words()).containsExactly("one", "t");
        assertThat(read(BYTES, 1, Keep.LAST, "\u00e9").words()).containsExactly("\u00e9");
        assertThat(read(BYTES, 1, Keep.FIRST, "\u00e9").words()).containsExactly("\u00e9");
        assertThat(read(BYTES, 2, Keep.LAST, "a \u00e9b").words()).containsExactly("\u00e9b");
    }

    @Test
    void a_text_without_words_is_white_space_or_nothing() {
        assertThat(read(BYTES, 10, Keep.LAST, " \n ").words())
                .containsExactly(Explanation.WHITE_SPACE);
        assertThat(read(BYTES, 10, Keep.LAST, "").words()).isEmpty();
    }
}
