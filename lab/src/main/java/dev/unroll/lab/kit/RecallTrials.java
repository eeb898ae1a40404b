package dev.unroll.lab.kit;

import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.nn.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;

/**
 * Trainings of several mixers at one task. The first seed chooses each mixer's learning rate by the
 * validation set; the other seeds train with it. Figures are of the test set.
 *
 * @param training the task and how long it is trained
 * @param learningRates in the order in which they are tried
 * @param seeds one training each
 */
public record RecallTrials(RecallTraining training, List<Double> learningRates, List<Long> seeds) {
    /** The first cells of a row of {@link Row#cells}. */
    public static final List<String> HEADER =
            List.of("mixer", "width", "learning rate", "right, %", "passes", "minutes");

    /**
     * What the trainings of a mixer found.
     *
     * @param name of the mixer
     * @param width of the network
     * @param outcomes one for each seed
     * @param accuracies of the test set, one for each seed, %
     */
    public record Row(
            String name,
            int width,
            List<RecallTraining.Outcome> outcomes,
            List<Double> accuracies) {

        /** {@return the share of right answers to the test set, %} */
        public Spread right() {
            return Spread.of(accuracies.stream().mapToDouble(Double::doubleValue).toArray());
        }

        private Spread spread(ToDoubleFunction<RecallTraining.Outcome> value) {
            return Spread.of(outcomes.stream().mapToDouble(value).toArray());
        }

        /** {@return the row of a table under {@link #HEADER}} */
        public List<String> cells() {
            return List.of(
                    name,
                    Integer.toString(width),
                    Finding.digits(outcomes.getFirst().learningRate()),
                    right().written(),
                    spread(RecallTraining.Outcome::epochs).written(),
                    spread(RecallTraining.Outcome::minutes).written());
        }
    }

    /** {@return what trainings of a mixer find} */
    public Row run(Mixer.Named mixer, int width) {
        List<RecallTraining.Outcome> outcomes = new ArrayList<>();
        List<Double> rates = learningRates;
        for (long seed : seeds) {
            outcomes.add(training.best(mixer.factory(), width, rates, new Seed(seed)));
            rates = List.of(outcomes.getFirst().learningRate());
        }
        Row row = new Row(mixer.name(), width, outcomes, accuracies(outcomes, _ -> true));
        System.err.println(row.cells());
        return row;
    }

    /** {@return the share of right answers to questions with some gaps, %} */
    public Spread right(Row row, IntPredicate gaps) {
        return Spread.of(
                accuracies(row.outcomes, gaps).stream().mapToDouble(Double::doubleValue).toArray());
    }

    private List<Double> accuracies(List<RecallTraining.Outcome> outcomes, IntPredicate gaps) {
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Seed seed = new Seed(seeds.get(i));
            shares.add(100 * training.test(outcomes.get(i).network(), gaps, seed));
        }
        return shares;
    }
}
