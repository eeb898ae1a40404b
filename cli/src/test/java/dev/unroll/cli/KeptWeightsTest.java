package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.recipe.ValidationRecipe;
import dev.unroll.tasks.run.TrainingCourse;
import dev.unroll.tasks.run.TrainingCourse.Validation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptWeightsTest {
    private static final List<Validation> VALIDATIONS =
            List.of(
                    new Validation(10, 0, true, Map.of("loss", 0.7, "accuracy", 0.6)),
                    new Validation(20, 1, true, Map.of("loss", 0.5, "accuracy", 0.678)),
                    new Validation(30, 2, false, Map.of("loss", 0.6, "accuracy", 0.694)));

    private static String told(List<Validation> validations, Map<String, ?> how) {
        return KeptWeights.told(
                new TrainingCourse(List.of(), validations),
                RecipeFile.part(ValidationRecipe.class, how));
    }

    @Test
    void the_best_of_the_monitored_metric_is_kept_and_a_better_one_of_another_is_told() {
        assertThat(told(VALIDATIONS, Map.of()))
                .isEqualTo(
                        "kept: the weights of step 20, epoch 1, with the lowest loss (0.5000);"
                                + " the highest accuracy (0.6940) was at step 30;"
                                + " training.validation.monitor says what counts");
    }

    @Test
    void errors_of_numbers_are_better_where_they_are_lower() {
        List<Validation> numbers =
                List.of(
                        new Validation(10, 0, true, Map.of("loss", 1.0, "mae", 13.4, "r2", -0.1)),
                        new Validation(20, 1, false, Map.of("loss", 1.6, "mae", 11.2, "r2", -0.5)));
        assertThat(told(numbers, Map.of()))
                .contains("the lowest loss (1.000); the lowest mae (11.20) was at step 20;")
                .doesNotContain("r2");
        assertThat(told(numbers, Map.of("monitor", "mae"))).contains("with the lowest mae");
    }

    @Test
    void averaged_weights_are_of_no_single_step() {
        assertThat(told(VALIDATIONS, Map.of("average", 5)))
                .isEqualTo(
                        "kept: the mean of the weights of the last 3 measurements"
                                + " (training.validation.average)");
    }

    @Test
    void without_a_measurement_the_last_weights_are_kept() {
        assertThat(told(List.of(), Map.of())).startsWith("kept: the last weights");
    }
}
