package dev.unroll.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.nn.Mode;
import dev.unroll.nn.models.Decoding;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small models with random weights, beside what Hugging Face's transformers compute with them. */
class ArchitecturesTest {
    private static final double CLOSE = 2e-5;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert",
                "bert-shards",
                "bert-float16",
                "bert-bfloat16",
                "bert-masked",
                "roberta",
                "xlm-roberta",
                "electra",
                "distilbert"
            })
    void an_encoder_gives_the_rows_that_pytorch_gives(String name) throws IOException {
        BertEncoder encoder = Pretrained.load(Golden.folder(name)).encoder();
        for (Golden text : Golden.of(name)) {
            Tensor rows =
                    encoder.forward(Tokens.of(List.of(text.ids())), text.types(), Mode.INFERENCE)
                            .rows();
            assertThat(text.difference(rows)).isLessThan(CLOSE);
        }
    }

    @Test
    void texts_of_mixed_lengths_together_have_the_rows_of_each_by_itself() throws IOException {
        BertEncoder encoder = Pretrained.load(Golden.folder("electra")).encoder();
        List<Golden> texts = Golden.of("electra");
        int[] types = texts.stream().flatMapToInt(t -> Arrays.stream(t.types())).toArray();
        Tokens tokens = Tokens.of(texts.stream().map(Golden::ids).toList());
        Tensor rows = encoder.forward(tokens, types, Mode.INFERENCE).rows();
        for (int s = 0; s < texts.size(); s++) {
            int[] offsets = tokens.layout().offsets();
            assertThat(texts.get(s).difference(rows.slice(0, offsets[s], offsets[s + 1])))
                    .isLessThan(CLOSE);
        }
    }

    @Test
    void gpt2_gives_the_logits_that_pytorch_gives() throws IOException {
        TransformerLanguageModel model = Pretrained.load(Golden.folder("gpt2")).languageModel();
        for (Golden text : Golden.of("gpt2")) {
            Tensor rows = model.forward(Tokens.of(List.of(text.ids())), Mode.INFERENCE).rows();
            assertThat(text.difference(model.output().logits(rows))).isLessThan(10 * CLOSE);
        }
    }

    @Test
    void gpt2_writes_with_cached_keys_and_values_what_pytorch_writes_without() throws IOException {
        TransformerLanguageModel model = Pretrained.load(Golden.folder("gpt2")).languageModel();
        for (Golden text : Golden.of("gpt2")) {
            int[] ids = text.ids();
            int last = ids.length - 1;
            Decoding decoding = model.decode(Tokens.of(List.of(Arrays.copyOf(ids, last))));
            int[] more = greedy(decoding, ids[last], text.written().length - ids.length);
            assertThat(IntStream.concat(Arrays.stream(ids), Arrays.stream(more)).toArray())
                    .containsExactly(text.written());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bart", "marian"})
    void an_encoder_and_decoder_give_the_logits_that_pytorch_gives(String name) throws IOException {
        EncoderDecoder model = Pretrained.load(Golden.folder(name)).encoderDecoder();
        for (Golden text : Golden.of(name)) {
            Tensor logits =
                    model.logits(
                            Tokens.of(List.of(text.ids())),
                            Tokens.of(List.of(text.before())),
                            Mode.INFERENCE);
            assertThat(text.difference(logits)).isLessThan(10 * CLOSE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bart", "marian"})
    void an_encoder_and_decoder_write_with_a_cache_what_pytorch_writes_without(String name)
            throws IOException {
        EncoderDecoder model = Pretrained.load(Golden.folder(name)).encoderDecoder();
        for (Golden text : Golden.of(name)) {
            Decoding decoding = model.decode(Tokens.of(List.of(text.ids())));
            int start = text.written()[0];
            int[] more = greedy(decoding, start, text.written().length - 1);
            assertThat(IntStream.concat(IntStream.of(start), Arrays.stream(more)).toArray())
                    .containsExactly(text.written());
        }
    }

    /** The most probable tokens after the first. */
    private static int[] greedy(Decoding decoding, int first, int count) {
        int[] written = new int[count];
        int token = first;
        for (int i = 0; i < count; i++) {
            token = decoding.topK(new int[1], new int[] {token}, 1).tokens()[0];
            written[i] = token;
        }
        return written;
    }
}
