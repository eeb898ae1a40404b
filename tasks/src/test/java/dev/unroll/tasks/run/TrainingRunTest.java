package dev.unroll.tasks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.formats.safetensors.Weights;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.translation.TranslationRecipe;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Objective;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
    @TempDir Path directory;

    /** One weight that begins at 1 and falls by 0.125 each epoch; losses as they are given. */
    private record Falling(Linear model, Iterator<Double> losses) implements Objective<Integer> {
        static Falling with(Double... losses) {
            return new Falling(
                    new Linear(Parameter.of(new float[] {1}, 1, 1), null),
                    Arrays.asList(losses).iterator());
        }

        @Override
        public Map<String, Parameter> parameters() {
            return Parameters.of(model);
        }

        @Override
        public List<Integer> batches(int epoch) {
            return List.of(epoch);
        }

        @Override
        public Tensor loss(Integer batch, Mode mode) {
            return model.weight().value().sum();
        }

        @Override
        public int tokens(Integer batch) {
            return 1;
        }

        @Override
        public Map<String, Double> validate() {
            return Map.of("loss", losses.next());
        }
    }

    private RunFolder train(Falling objective, String... changes) throws IOException {
        String yaml =
                """
                task: translate
                data: {set: dates}
                tokenizer: {kind: characters}
                model: {kind: lstm, width: 4, hidden: 4}
                training: {learningRate: 0.125, epochs: 4, optimiser: {kind: sgd, momentum: 0}}
                """;
        TranslationRecipe recipe = RecipeFile.parse(TranslationRecipe.class, yaml, changes);
        RunFolder folder = new RunFolder(directory);
        TrainingRun.of(folder, recipe, objective.model(), objective, "falling", List.of()).run();
        return folder;
    }

    private static float stored(RunFolder folder) throws IOException {
        Linear model = new Linear(Parameter.full(0, 1, 1), null);
        Weights.load(model, folder.model());
        return model.weight().value().toArray()[0];
    }

    @Test
    void a_training_ends_with_its_best_weights_in_its_folder_and_in_its_network()
            throws IOException {
        Falling objective = Falling.with(3.0, 1.0, 2.0, Double.NaN);
        assertThat(stored(train(objective))).isEqualTo(0.75f);
        assertThat(objective.model().weight().value().toArray()).containsExactly(0.75f);
    }

    @Test
    void the_best_weights_stay_when_a_training_goes_on_and_finds_none_better() throws IOException {
        train(Falling.with(3.0, 1.0), "training.epochs=2");
        Falling further = Falling.with(2.0, 1.5);
        assertThat(stored(train(further))).isEqualTo(0.75f);
        assertThat(further.model().weight().value().toArray()).containsExactly(0.75f);
    }

    @Test
    void a_training_that_averages_ends_with_the_mean_of_its_last_weights() throws IOException {
        Falling objective = Falling.with(1.0, 2.0, 3.0, 4.0);
        assertThat(stored(train(objective, "training.validation.average=2"))).isEqualTo(0.5625f);
        assertThat(objective.model().weight().value().toArray()).containsExactly(0.5625f);
    }

    @Test
    void where_no_figure_is_a_number_the_last_weights_are_kept() throws IOException {
        Falling objective = Falling.with(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        assertThat(stored(train(objective))).isEqualTo(0.5f);
    }
}
