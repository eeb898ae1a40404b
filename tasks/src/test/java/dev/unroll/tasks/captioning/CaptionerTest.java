package dev.unroll.tasks.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.formats.image.Image;
import dev.unroll.nn.Seed;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerOptions;
import dev.unroll.text.WordTokenizer;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Of networks with first weights: what they say makes no sense, but is their own. */
class CaptionerTest {

    private static Captioner captioner(String images, String features, String words) {
        String yaml =
                """
                task: caption
                data: {set: own, maxTokens: 5}
                image: {kind: '%s', features: '%s', size: 8, width: 8, stages: 1,
                  patches: {size: 4, layers: 1, heads: 2}}
                model: {kind: '%s', width: 8}
                decoding: {beam: 3, batch: 5}
                """
                        .formatted(images, features, words);
        CaptioningRecipe recipe = RecipeFile.parse(CaptioningRecipe.class, yaml);
        Tokenizer tokenizer =
                WordTokenizer.train(
                        List.of("a dog that runs over green grass", "two small birds in a tree"),
                        TokenizerOptions.ofSize(100));
        return new Captioner(
                tokenizer,
                CaptioningModels.of(recipe, tokenizer.vocabulary().size(), new Seed(1)),
                recipe,
                recipe.decoding());
    }

    /** Of many sizes. */
    private static List<Image> images() {
        Random random = new Random(1);
        return IntStream.range(0, 24)
                .mapToObj(
                        i -> {
                            float[] values = new float[(6 + i) * 10 * 3];
                            for (int j = 0; j < values.length; j++) {
                                values[j] = random.nextFloat() * (i % 5 + 1) / 5;
                            }
                            return new Image(6 + i, 10, 3, values);
                        })
                .toList();
    }

    static Stream<Arguments> networks() {
        return Stream.of("convolution", "patches")
                .flatMap(
                        images ->
                                Stream.of(
                                                "elman",
                                                "lstm",
                                                "gru",
                                                "mingru",
                                                "minlstm",
                                                "transformer")
                                        .map(words -> Arguments.of(images, words)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void many_threads_and_whole_batches_get_what_one_gets(String kind, String words) {
        for (String features : List.of("attend", "start")) {
            Captioner captioner = captioner(kind, features, words);
            List<Image> images = images();
            List<Caption> alone = images.stream().map(captioner::predict).toList();
            assertThat(new HashSet<>(alone)).hasSizeGreaterThan(images.size() / 2);

            assertThat(
                            IntStream.range(0, 240)
                                    .parallel()
                                    .mapToObj(i -> captioner.predict(images.get(i % 24)))
                                    .toList())
                    .isEqualTo(IntStream.range(0, 240).mapToObj(i -> alone.get(i % 24)).toList());
            assertThat(
                            IntStream.range(0, 16)
                                    .parallel()
                                    .mapToObj(_ -> captioner.predictAll(images))
                                    .toList())
                    .allSatisfy(
                            all ->
                                    assertThat(all)
                                            .extracting(Caption::text)
                                            .isEqualTo(alone.stream().map(Caption::text).toList()));
        }
    }

    @ParameterizedTest
    @CsvSource({"convolution, lstm", "patches, transformer"})
    void only_a_model_that_looks_while_it_writes_tells_where(String kind, String words) {
        Image image = images().getFirst();
        Captioner attends = captioner(kind, "attend", words);
        Captioner starts = captioner(kind, "start", words);

        assertThat(attends.attends()).isTrue();
        assertThat(attends.attentionMap(image, "a dog").words()).hasSize(2);
        assertThat(starts.attends()).isFalse();
        assertThatThrownBy(() -> starts.attentionMap(image, "a dog"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("looks at the image once")
                .hasMessageContaining("image.features=attend");
    }
}
