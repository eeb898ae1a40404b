package dev.unroll.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.recipe.RecipeFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationObjectiveTest {

    private static ClassificationObjective objective() {
        String yaml =
                """
                task: classify
                data: {set: own}
                model: {kind: gru, width: 4, hidden: 4, dropout: 0}
                """;
        ClassificationRecipe recipe = RecipeFile.parse(ClassificationRecipe.class, yaml);
        List<ClassificationObjective.Example> texts =
                List.of(
                        new ClassificationObjective.Example(new int[] {3, 4, 2}, 0),
                        new ClassificationObjective.Example(new int[] {5, 2}, 1));
        return new ClassificationObjective(
                ClassificationTask.model(recipe, 6, 2, new Seed(1)),
                ClassNames.of(List.of("no", "yes")),
                recipe,
                texts,
                texts);
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

    @Test
    void figures_are_always_told_in_the_same_order() {
        assertThat(objective().validate().keySet()).containsExactly("loss", "accuracy", "macroF1");
    }
}
