package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordTokenizerTest {

    private static final TokenizerOptions ALL = TokenizerOptions.ofSize(10_000);

    private static List<String> tokens(Tokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encode(text))
                .mapToObj(tokenizer.vocabulary()::token)
                .toList();
    }

    @Test
    void a_word_is_written_with_the_space_before_it() {
        String text = "Well, yes (of course)!  No.";
        WordTokenizer tokenizer = WordTokenizer.train(List.of(text), ALL);
        assertThat(tokens(tokenizer, text))
                .containsExactly(
                        " Well", ",", " yes", " (", "of", " course", ")", "!", " ", " No", ".");
    }

    @Test
    void the_most_frequent_words_come_first() {
        WordTokenizer tokenizer = WordTokenizer.train(List.of("b a c", "c b", "c"), ALL);
        assertThat(tokenizer.vocabulary().tokens())
                .containsExactly("<unk>", "<s>", "</s>", " c", " b", " a");
    }

    @Test
    void rare_words_are_unknown() {
        WordTokenizer tokenizer =
                WordTokenizer.train(List.of("a a b", "a c c"), ALL.seenAtLeast(2));
        assertThat(tokens(tokenizer, "a b c")).containsExactly(" a", "<unk>", " c");
        assertThat(tokenizer.decode(tokenizer.encode("a b c"))).isEqualTo("a c");
    }

    @Test
    void the_vocabulary_keeps_within_its_size() {
        WordTokenizer tokenizer =
                WordTokenizer.train(List.of("a a a b b c"), TokenizerOptions.ofSize(5));
        assertThat(tokenizer.vocabulary().tokens())
                .containsExactly("<unk>", "<s>", "</s>", " a", " b");
    }

    @ParameterizedTest
    @MethodSource("dev.unroll.text.TestTexts#awkward")
    void decoding_gives_back_a_text_whose_words_were_seen(String text) {
        for (TokenizerOptions options : List.of(ALL, ALL.lowercased())) {
            WordTokenizer tokenizer = WordTokenizer.train(List.of(text), options);
            assertThat(tokenizer.decode(tokenizer.encode(text)))
                    .isEqualTo(options.normalization().apply(text));
        }
    }

    @Test
    void an_unknown_word_is_shown_at_its_place_and_told() {
        WordTokenizer words =
                new WordTokenizer(
                        Vocabulary.withSpecials(List.of(" the", " child", ".")),
                        Normalization.NONE);
        int[] ids = words.encode("zebra the Child child.");
        assertThat(words.show(ids)).isEqualTo("<unk> the <unk> child.");
        assertThat(words.decode(ids)).isEqualTo("the child.");
        assertThat(words.unknown("zebra the Child child.")).containsExactly("zebra", "Child");
        assertThat(words.unknown("the child.")).isEmpty();
        assertThat(words.show(new int[] {0, words.vocabulary().id(" child")}))
                .isEqualTo("<unk> child");
    }
}
