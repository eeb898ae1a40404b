package dev.unroll.formats.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyFileTest {

    @TempDir Path folder;

    private Path vocabulary(String... tokens) throws IOException {
        return Files.writeString(folder.resolve("vocab.txt"), String.join("\n", tokens) + "\n");
    }

    @Test
    void a_vocabulary_alone_is_a_bert() throws IOException {
        TextPipeline bert =
                PipelineFile.ofVocabulary(
                        vocabulary(
                                "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "caf", "##e", "a",
                                "cat", "!"),
                        true);

        Encoding one = bert.encode("A  CAFÉ!");
        assertThat(one.ids()).containsExactly(2, 7, 5, 6, 9, 3);
        assertThat(one.starts()).containsExactly(0, 0, 3, 6, 7, 0);
        assertThat(one.ends()).containsExactly(0, 1, 6, 7, 8, 0);
        assertThat(one.special()).containsExactly(true, false, false, false, false, true);

        Encoding two = bert.encode("cat", "dog [MASK]");
        assertThat(two.ids()).containsExactly(2, 8, 3, 1, 4, 3);
        assertThat(two.types()).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(bert.decode(one.ids(), true)).isEqualTo("a cafe!");
        assertThat(bert.vocabularySize()).isEqualTo(10);
    }

    @Test
    void a_truncated_text_keeps_its_special_tokens_and_says_so() throws IOException {
        TextPipeline bert =
                PipelineFile.ofVocabulary(
                                vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b"),
                                true)
                        .truncatedTo(4);

        assertThat(bert.encode("a b a b").ids()).containsExactly(2, 5, 6, 3);
        assertThat(bert.encode("a b a b").truncated()).isTrue();
        assertThat(bert.encode("a b").truncated()).isFalse();
    }

    @Test
    void a_vocabulary_without_special_tokens_is_refused() throws IOException {
        Path file = vocabulary("[PAD]", "[UNK]", "[CLS]", "[MASK]");

        assertThatThrownBy(() -> PipelineFile.ofVocabulary(file, true))
                .isInstanceOf(TokenizerFileException.class)
                .hasMessageContaining("[SEP] is missing");
    }

    @Test
    void a_token_that_stands_there_twice_is_refused() throws IOException {
        Path file = vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "a");

        assertThatThrownBy(() -> PipelineFile.ofVocabulary(file, true))
                .hasMessageContaining("line 7: the token 'a' stands there twice");
    }
}
