package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private final Vocabulary vocabulary = Vocabulary.withSpecials(List.of("a", "b"));

    @Test
    void the_special_tokens_come_first() {
        assertThat(vocabulary.tokens()).containsExactly("<unk>", "<s>", "</s>", "a", "b");
        assertThat(vocabulary.id("<unk>")).isEqualTo(vocabulary.unknown()).isZero();
        assertThat(vocabulary.id("<s>")).isEqualTo(vocabulary.start()).isEqualTo(1);
        assertThat(vocabulary.id("</s>")).isEqualTo(vocabulary.end()).isEqualTo(2);
        assertThat(vocabulary.isSpecial(2)).isTrue();
        assertThat(vocabulary.isSpecial(3)).isFalse();
    }

    @Test
    void an_id_is_the_place_in_the_list() {
        for (int id = 0; id < vocabulary.size(); id++) {
            assertThat(vocabulary.id(vocabulary.token(id))).isEqualTo(id);
        }
    }

    @Test
    void a_token_that_is_not_there_is_unknown() {
        assertThat(vocabulary.id("c")).isEqualTo(vocabulary.unknown());
        assertThat(vocabulary.contains("c")).isFalse();
        assertThat(vocabulary.contains("<unk>")).isTrue();
    }

    @Test
    void an_id_outside_the_vocabulary_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vocabulary.token(5))
                .withMessage("token id 5: the vocabulary has ids 0 to 4");
        assertThatIllegalArgumentException().isThrownBy(() -> vocabulary.token(-1));
    }

    @Test
    void a_list_without_the_special_tokens_in_front_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vocabulary(List.of("<s>", "a")))
                .withMessageContaining("begins with [<unk>, <s>, </s>], this one with [<s>, a]");
        assertThatIllegalArgumentException().isThrownBy(() -> new Vocabulary(List.of()));
    }

    @Test
    void a_token_given_twice_is_refused_and_named_with_both_ids() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vocabulary.withSpecials(List.of("a", "b", "a")))
                .withMessage("token 'a' is in the vocabulary twice, as 3 and as 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vocabulary.withSpecials(List.of("a", "<s>")));
    }

    @Test
    void an_empty_token_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vocabulary.withSpecials(List.of("a", "")))
                .withMessageContaining("token 4");
    }
}
