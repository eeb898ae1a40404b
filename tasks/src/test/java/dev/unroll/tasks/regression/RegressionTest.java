package dev.unroll.tasks.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.DataException;
import dev.unroll.tasks.metrics.RegressionErrors;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.regression.RegressionRecipe.Loss;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionTest {
    private static final String[] WORDS = {"red", "old", "new", "large", "bicycle", "car"};
    private static final double[] PRICES = {40, -300, 500, 150, 200, 1_000};

    @TempDir Path folder;

    private static RegressionRecipe recipe(String... changes) {
        return RecipeFile.parse(
                RegressionRecipe.class,
                """
                task: regress
                data: {}
                tokenizer: {kind: words}
                model: {kind: mlp, width: 16, hidden: 16, dropout: 0}
                pooling: mean
                training: {epochs: 30, batchTokens: 200, learningRate: 0.01}
                """,
                changes);
    }

    /** A text's number is the mean of its words' prices, which a mean of rows can give. */
    private static List<TextValue> priced(int count) {
        Random random = new Random(3);
        List<TextValue> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int first = random.nextInt(WORDS.length);
            int second = random.nextInt(WORDS.length);
            texts.add(
                    new TextValue(
                            WORDS[first] + " " + WORDS[second],
                            (PRICES[first] + PRICES[second]) / 2));
        }
        return texts;
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void numbers_in_their_own_units_are_learnt_with_each_loss(Loss loss) throws IOException {
        Corpus<TextValue> corpus = Corpus.of("prices", priced(300));
        TextRegressor trained =
                TextRegressor.train(
                        recipe("loss=" + loss.name().toLowerCase(Locale.ROOT)), corpus, folder);
        RegressionScore score = RegressionScore.of(trained, corpus.test(), corpus.train());
        assertThat(score.model().r2()).isGreaterThan(0.9);
        assertThat(score.mean().r2()).isLessThanOrEqualTo(0);
        assertThat(score.model().rmse()).isLessThan(score.mean().rmse() / 3);
        assertThat(score.text("texts")).contains("R²", "15 texts");

        List<String> some = List.of("new car", "", "something else");
        List<Double> answers = trained.predictAll(some);
        assertThat(TextRegressor.load(folder).predictAll(some)).isEqualTo(answers);
        assertThat(answers.getFirst()).isCloseTo(750, within(150.0));
        for (int i = 0; i < some.size(); i++) { // a text's answer is not its neighbours'
            assertThat(trained.predict(some.get(i))).isCloseTo(answers.get(i), within(1e-3));
        }
    }

    @Test
    void each_loss_is_that_of_its_name() {
        Tensor predictions = Tensor.of(new float[] {3, -0.5f}, 2, 1);
        Tensor targets = Tensor.zeros(2, 1);
        assertThat(Loss.SQUARED.of(predictions, targets).item()).isEqualTo(4.625f);
        assertThat(Loss.ABSOLUTE.of(predictions, targets).item()).isEqualTo(1.75f);
        assertThat(Loss.HUBER.of(predictions, targets).item()).isEqualTo(1.3125f);
    }

    /** Mean and deviation by hand. */
    @Test
    void numbers_are_learnt_in_deviations_from_their_mean() {
        TargetScale scale = TargetScale.of(List.of(2.0, 6.0), Double::doubleValue);
        assertThat(scale).isEqualTo(new TargetScale(4, 2));
        assertThat(scale.standard(6)).isEqualTo(1);
        assertThat(scale.value(-1)).isEqualTo(2);
        assertThat(TargetScale.of(List.of(0.1, 0.1), Double::doubleValue))
                .isEqualTo(new TargetScale(0.1, 1));
    }

    /** The example of scikit-learn's documentation of all three. */
    @Test
    void the_errors_are_those_of_scikit_learn() {
        RegressionErrors errors =
                RegressionErrors.of(new double[] {3, -0.5, 2, 7}, new double[] {2.5, 0, 2, 8});
        assertThat(errors.mae()).isEqualTo(0.5);
        assertThat(errors.rmse()).isCloseTo(0.6123724356957945, within(1e-15));
        assertThat(errors.r2()).isCloseTo(0.9486081370449679, within(1e-15));
        double[] same = {0.1, 0.1, 0.1};
        assertThat(RegressionErrors.of(same, same).r2()).isEqualTo(1);
        assertThat(RegressionErrors.of(same, new double[] {0.1, 0.1, 0.2}).r2()).isEqualTo(0);
        assertThatThrownBy(() -> RegressionErrors.of(new double[0], new double[0]))
                .hasMessageContaining("one or more");
        assertThatThrownBy(() -> RegressionErrors.of(same, new double[2]))
                .hasMessageContaining("3 right numbers and 2 predictions");
    }

    @Test
    void a_file_of_ones_own_is_read_and_split() throws IOException {
        StringBuilder rows = new StringBuilder("price,what\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i * 0.5).append(",text ").append(i).append('\n');
        }
        Path file = Files.writeString(folder.resolve("prices.csv"), rows + "cheap,a lamp\n");
        RegressionRecipe recipe =
                recipe("data.file=" + file, "data.text=what", "data.target=price", "data.test=0.2");
        Corpus<TextValue> corpus = TextValues.of(recipe.data(), 1);
        assertThat(corpus.train()).hasSize(30).contains(new TextValue("text 3", 1.5));
        assertThat(corpus.validation()).hasSize(2);
        assertThat(corpus.test()).hasSize(8);
        assertThat(corpus.remarks().toString())
                .contains("prices.csv:42", "'cheap' in column 'price' is no finite number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1e999", "0x10", "1f", "1,5", "12 EUR"})
    void what_is_no_finite_number_is_no_target(String target) throws IOException {
        Path file = folder.resolve("bad.tsv");
        Files.writeString(file, "target\ttext\n" + (target + "\tsome text\n").repeat(3));
        RegressionRecipe recipe = recipe("data.file=" + file);
        assertThatThrownBy(() -> TextValues.of(recipe.data(), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bad.tsv")
                .hasMessageContaining("'" + target + "'");
    }

    @Test
    void a_metric_of_classes_and_a_missing_file_are_refused() {
        assertThatThrownBy(() -> recipe("training.validation.monitor=accuracy"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("loss, mae, rmse, r2");
        assertThat(recipe("training.validation.monitor=r2").training().validation().toMonitor())
                .isEqualTo(dev.unroll.train.Monitor.highest("r2"));
        assertThat(recipe("training.validation.monitor=mae").training().validation().toMonitor())
                .isEqualTo(dev.unroll.train.Monitor.lowest("mae"));
        assertThatThrownBy(() -> TextValues.of(recipe().data(), 1))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'data.file' is missing");
    }
}
