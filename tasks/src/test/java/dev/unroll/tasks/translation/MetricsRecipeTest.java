package dev.unroll.tasks.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Pair;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsRecipeTest {
    private static final String YAML =
            """
            task: translate
            data: {set: own}
            tokenizer: {kind: characters}
            model: {kind: gru, width: 16, hidden: 24, dropout: 0}
            training: {epochs: 30, learningRate: 0.02, batchTokens: 200}
            """;

    @TempDir Path folder;

    private static TranslationRecipe recipe(String... changes) {
        return RecipeFile.parse(TranslationRecipe.class, YAML, changes);
    }

    private static List<Pair> chinese() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            boolean day = i % 2 == 0;
            pairs.add(
                    new Pair(
                            day ? "good day" : "good night",
                            day
                                    ? "\u65e5\u65e5\u90fd\u662f\u597d\u65e5\u5b50\u3002"
                                    : "\u665a\u5b89\u795d\u4f60\u597d\u68a6\u9999\u3002"));
        }
        return pairs;
    }

    @ParameterizedTest
    @CsvSource({"13a, chrf", "zh, chrf++", "char, chrf", "intl, chrf++", "none, chrf"})
    void a_recipe_chooses_words_by_the_names_of_signatures(String words, String chrf) {
        TranslationRecipe recipe = recipe("metrics.bleu=" + words, "metrics.chrf=" + chrf);
        assertThat(recipe.metrics().bleuOptions(false).signature()).contains("|tok:" + words + "|");
        assertThat(recipe.metrics().chrfOptions(true).signature())
                .contains("case:lc", chrf.equals("chrf") ? "|nw:0|" : "|nw:2|");
        assertThat(RecipeFile.parse(TranslationRecipe.class, RecipeFile.write(recipe)))
                .isEqualTo(recipe);
    }

    @ParameterizedTest
    @CsvSource({
        "bleu, spm, 'is 13a, zh, char, intl or none, not'",
        "chrf, chrf+, 'is chrf or chrf++, not'"
    })
    void words_that_there_are_not_are_refused_with_those_there_are(
            String key, String name, String why) {
        assertThatThrownBy(() -> recipe("metrics." + key + "=" + name))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'metrics." + key + "' " + why + " '" + name + "'");
    }

    @Test
    void targets_without_spaces_are_told_with_the_words_to_choose() {
        assertThat(recipe().metrics().remarks(chinese()))
                .singleElement()
                .asString()
                .contains("BLEU with the words of 13a", "metrics.bleu to zh", "char");
        assertThat(recipe("metrics.bleu=zh").metrics().remarks(chinese())).isEmpty();
        assertThat(recipe().metrics().remarks(List.of(new Pair("x", "a sentence of five words"))))
                .isEmpty();
        assertThat(recipe().metrics().remarks(List.of(new Pair("x", "2018-06-05")))).isEmpty();
    }

    /** A model that has learnt its few sentences by heart. */
    @ParameterizedTest
    @ValueSource(strings = {"zh", "char"})
    void a_chinese_run_has_a_bleu_that_says_something(String words) throws IOException {
        TranslationRecipe recipe = recipe("metrics.bleu=" + words);
        Corpus<Pair> corpus = Corpus.of("made", chinese());
        Translator translator = Translator.train(recipe, corpus, folder);
        TranslationScore score = TranslationScore.of(translator, corpus.test(), recipe.metrics());
        assertThat(score.bleu()).isGreaterThan(90);
        assertThat(score.signature()).contains("tok:" + words);
    }
}
