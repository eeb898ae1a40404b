package dev.unroll.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.EncodedText;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tasks.model.TextReader;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.Normalization;
import dev.unroll.text.TokenizerOptions;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassificationObjectiveTest {
    private static final ClassNames CLASSES = ClassNames.of(List.of("no", "yes"));

    private static ClassificationObjective objective() {
        return objective(TargetWeights.of(null, CLASSES, IntStream.empty()));
    }

    private static ClassificationObjective objective(TargetWeights weights) {
        String yaml =
                """
                task: classify
                data: {set: own}
                model: {kind: gru, width: 4, hidden: 4, dropout: 0}
                """;
        ClassificationRecipe recipe = RecipeFile.parse(ClassificationRecipe.class, yaml);
        List<ClassificationObjective.Example> texts =
                List.of(
                        new ClassificationObjective.Example(EncodedText.of(3, 4, 2), 0),
                        new ClassificationObjective.Example(EncodedText.of(5, 2), 1));
        SequenceClassifier model =
                ClassificationTask.TASK.model(
                        recipe,
                        new ClassificationTask.Fitted(
                                TextReader.of(
                                        CharacterTokenizer.train(
                                                List.of("abc"),
                                                new TokenizerOptions(6, 1, Normalization.NONE))),
                                CLASSES),
                        new Seed(1));
        return new ClassificationObjective(
                model,
                CLASSES,
                recipe,
                texts,
                texts,
                TextReader.rates(recipe.model(), model),
                weights);
    }

    private static float loss(Mode mode) {
        ClassificationObjective objective = objective();
        return objective.loss(objective.batches(0).getFirst(), mode).item();
    }

    @Test
    void the_loss_has_the_label_smoothing_of_its_mode() {
        assertThat(loss(new Mode.Training(1, 0))).isEqualTo(loss(Mode.INFERENCE));
        assertThat(loss(new Mode.Training(1, 0, 0.4)))
                .isNotCloseTo(loss(Mode.INFERENCE), within(1e-6f));
        assertThat(objective().validate().get("loss"))
                .isCloseTo(loss(Mode.INFERENCE), within(1e-6));
    }

    private static TargetWeights weights(Map<String, ?> recipe) {
        return TargetWeights.of(
                RecipeFile.part(TrainingRecipe.class, recipe).classWeights(),
                CLASSES,
                IntStream.of(0, 0, 0, 1));
    }

    /** Σ w·loss / Σ w, with each text's loss taken by itself. */
    @Test
    void a_class_counts_in_the_loss_as_much_as_its_weight() {
        ClassificationObjective objective = objective();
        double[] alone =
                IntStream.range(0, 2)
                        .mapToDouble(
                                i ->
                                        objective
                                                .loss(
                                                        objective.batch(
                                                                objective.train(),
                                                                new int[] {i},
                                                                OptionalInt.empty()),
                                                        Mode.INFERENCE)
                                                .item())
                        .toArray();
        ClassificationObjective weighted =
                objective(weights(Map.of("classWeights", Map.of("yes", 3))));
        double expected = (alone[0] + 3 * alone[1]) / 4;
        assertThat(weighted.loss(weighted.batches(0).getFirst(), Mode.INFERENCE).item())
                .isCloseTo((float) expected, within(1e-6f));
        assertThat(weighted.validate().get("loss")).isCloseTo(expected, within(1e-6));
    }

    @Test
    void balanced_classes_count_alike_in_all() {
        TargetWeights balanced = weights(Map.of("classWeights", "balanced"));
        assertThat(balanced.of(0)).isCloseTo(4f / (2 * 3), within(1e-6f));
        assertThat(balanced.of(1)).isEqualTo(2f);
        assertThat(balanced.sum(new int[] {0, 0, 0})).isCloseTo(balanced.of(1), within(1e-6));
    }

    @Test
    void weights_of_classes_that_there_are_not_are_refused() {
        assertThatThrownBy(() -> weights(Map.of("classWeights", Map.of("maybe", 2))))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'maybe', which is no class; the classes are [no, yes]");
    }

    @Test
    void figures_are_always_told_in_the_same_order() {
        assertThat(objective().validate().keySet()).containsExactly("loss", "accuracy", "macroF1");
    }
}
