package dev.unroll.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.recipe.ClassificationRecipe;
import dev.unroll.tasks.recipe.RecipeFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationLessonTest {

    private static ClassificationLesson lesson(double smoothing) {
        String yaml =
                """
                task: classify
                data: {set: own}
                model: {kind: gru, width: 4, hidden: 4, dropout: 0}
                training: {smoothing: %s}
                """
                        .formatted(smoothing);
        ClassificationRecipe recipe = RecipeFile.parse(ClassificationRecipe.class, yaml);
        ClassificationLesson.Encoded texts =
                new ClassificationLesson.Encoded(
                        List.of(new int[] {3, 4, 2}, new int[] {5, 2}), new int[] {0, 1});
        return new ClassificationLesson(
                ClassificationTraining.model(recipe, 6, 2, new Seed(1)),
                ClassNames.of(List.of("no", "yes")),
                recipe.training(),
                texts,
                texts);
    }

    private static float loss(double smoothing, Mode mode) {
        ClassificationLesson lesson = lesson(smoothing);
        return lesson.loss(lesson.batches(0).getFirst(), mode).item();
    }

    @Test
    void labels_are_smoothed_while_learning_and_never_while_measuring() {
        assertThat(loss(0.4, Mode.INFERENCE)).isEqualTo(loss(0, Mode.INFERENCE));
        Mode learning = new Mode.Training(1, 0);
        assertThat(loss(0.4, learning)).isNotCloseTo(loss(0, learning), within(1e-6f));
        assertThat(lesson(0.4).measure().get("loss"))
                .isCloseTo(loss(0, Mode.INFERENCE), within(1e-6));
    }

    @Test
    void figures_are_always_told_in_the_same_order() {
        assertThat(lesson(0).measure().keySet()).containsExactly("loss", "accuracy", "macroF1");
    }
}
