package dev.unroll.tasks.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Masks;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.attention.Decay;
import dev.unroll.tasks.captioning.CaptioningRecipe;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.translation.TranslationRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sparse and linear attention as recipes name them. */
class AttentionPatternTest {
    private static TranslationRecipe read(String yaml, String... changes) {
        return (TranslationRecipe)
                Tasks.parse(yaml, List.of(changes), "test.yaml", new ArrayList<>());
    }

    private static final String ATTENDING =
            "task: translate\ndata: {set: dates}\nmodel: {kind: transformer}";

    private static NetworkRecipe.Transformer attending(String pattern) {
        TranslationRecipe recipe = read(ATTENDING, "model.attention=" + pattern);
        TranslationRecipe again =
                (TranslationRecipe)
                        Tasks.parse(
                                RecipeFile.write(recipe), List.of(), "again", new ArrayList<>());
        assertThat(again).isEqualTo(recipe);
        return (NetworkRecipe.Transformer) recipe.model();
    }

    private static void classifier(String... changes) {
        Tasks.parse(
                "task: classify\ndata: {set: imdb}\nmodel: {kind: transformer}",
                List.of(changes),
                "test.yaml",
                new ArrayList<>());
    }

    private static HeadMasks masks(String pattern) {
        return ((AttentionKind.Softmax) attending(pattern).selfAttention()).masks();
    }

    @Test
    void a_recipe_names_linear_attention_and_how_it_forgets() {
        for (Decay.Kind kind : Decay.Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            assertThat(attending("{linear: " + name + "}").selfAttention())
                    .isEqualTo(new AttentionKind.Linear(kind));
        }
    }

    @Test
    void linear_attention_has_a_decay_only_where_it_looks_back() {
        classifier("model.attention={linear: none}");
        classifier("model.attention={linear: gated}", "model.bidirectional=false");
        assertThatThrownBy(() -> classifier("model.attention={linear: gated}"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("write linear: none, or model.bidirectional: false");
        assertThatThrownBy(
                        () ->
                                read(
                                        ATTENDING,
                                        "model.attention={linear: none}",
                                        "model.positions=rotary"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("take sinusoidal, learned or no positions");
    }

    @Test
    void a_recipe_names_which_tokens_each_attends_to() {
        assertThat(((NetworkRecipe.Transformer) read(ATTENDING).model()).selfAttention())
                .isEqualTo(AttentionKind.Softmax.DENSE);
        assertThat(masks("{window: 128}")).isEqualTo(HeadMasks.same(Masks.window(128, 128)));
        assertThat(masks("{window: 4, step: 3, global: 2, random: {blocks: 2}}"))
                .isEqualTo(
                        HeadMasks.same(
                                Masks.dilated(4, 4, 3)
                                        .or(Masks.globalTokens(0, 1))
                                        .or(Masks.randomBlocks(64, 2, 1))));
        assertThat(masks("[{window: 8}, {strided: 8}, {blocks: 8}, {window: 0}]"))
                .isEqualTo(
                        new HeadMasks(
                                List.of(
                                        Masks.window(8, 8),
                                        Masks.strided(8),
                                        Masks.blocks(8),
                                        Masks.window(0, 0))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|attention' names what a token attends to",
                "{window: -1}|attention.window' is at least 0",
                "{step: 2}|which is missing",
                "{strided: 0}|attention.strided' is at least 1",
                "{random: {size: 0}}|attention.random.size' is at least 1",
                "{windw: 3}|window",
                "[{window: 1}, {window: 2}, {window: 3}]|3 masks for 4 heads",
                "general|model.attention",
                "{linear: none, window: 3}|leave out linear, or the other keys",
                "[{linear: none}, {window: 3}]|linear attention is that of all heads",
                "{linear: sometimes}|model.attention"
            })
    void a_pattern_that_makes_no_sense_is_refused(String pattern, String told) {
        assertThatThrownBy(() -> attending(pattern))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(told);
    }

    @Test
    void the_attention_of_a_recurrent_decoder_is_dropped_with_its_kind() {
        List<String> remarks = new ArrayList<>();
        Tasks.parse(
                "task: translate\ndata: {set: dates}\nmodel: {kind: lstm, attention: general}",
                List.of("model.kind=transformer"),
                "test.yaml",
                remarks);
        assertThat(remarks).singleElement().asString().contains("'model.attention'");
    }

    @Test
    void attention_weights_are_dropped_as_the_recipe_says_and_linear_attention_has_none() {
        String rate = "model.attentionDropout=0.25";
        TranslationRecipe recipe = read(ATTENDING, rate);
        assertThat(Networks.shape((NetworkRecipe.Transformer) recipe.model(), 10).attention())
                .isEqualTo(new AttentionKind.Softmax(HeadMasks.NONE, 0.25));
        assertThat(Tasks.parse(RecipeFile.write(recipe), List.of(), "again", new ArrayList<>()))
                .isEqualTo(recipe);
        assertThatThrownBy(() -> read(ATTENDING, rate, "model.attention={linear: gated}"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'model.attention'")
                .hasMessageContaining("keeps no weights that could be dropped");
        assertThatThrownBy(() -> read(ATTENDING, "model.attentionDropout=1"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'model.attentionDropout'");
    }

    @Test
    void the_patches_of_an_image_have_a_pattern_of_their_own() {
        CaptioningRecipe recipe = captions("image.patches.attention=[{window: 1}, {strided: 4}]");
        assertThat(recipe.image().patches().selfAttention())
                .isEqualTo(
                        new AttentionKind.Softmax(
                                new HeadMasks(List.of(Masks.window(1, 1), Masks.strided(4)))));
        assertThat(Tasks.parse(RecipeFile.write(recipe), List.of(), "again", new ArrayList<>()))
                .isEqualTo(recipe);
        assertThat(captions("image.patches.size=4").image().patches().selfAttention())
                .isEqualTo(AttentionKind.Softmax.DENSE);
        assertThatThrownBy(() -> captions("image.patches.attention={linear: gated}"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'image.patches.attention'")
                .hasMessageContaining("write linear: none");
        assertThatThrownBy(
                        () ->
                                captions(
                                        "image.patches.attention=[{window: 1}, {window: 2}, {window: 3}]"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("3 masks for 4 heads");
    }

    private static CaptioningRecipe captions(String... changes) {
        return (CaptioningRecipe)
                Tasks.parse(
                        "task: caption\ndata: {set: icons}\nimage: {kind: patches}\nmodel: {kind: gru}",
                        List.of(changes),
                        "test.yaml",
                        new ArrayList<>());
    }
}
