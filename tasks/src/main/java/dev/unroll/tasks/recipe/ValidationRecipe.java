package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unroll.train.Monitor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When a model is validated during its training, and which weights are kept.
 *
 * @param every steps between validations; 0: after each epoch
 * @param monitor the metric that tells which weights are best
 * @param patience validations without a new best after which the training ends; no such end if left
 *     out
 * @param average number of the last validated weights that are averaged in the end; 1: the best
 *     weights are kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ValidationRecipe(
        @Default("0") int every,
        @Default("loss") Metric monitor,
        @Nullable Integer patience,
        @Default("1") int average) {
    public ValidationRecipe {
        Checks.atLeast("training.validation.every", 0, every);
        if (patience != null) {
            Checks.atLeast("training.validation.patience", 1, patience);
        }
        Checks.atLeast("training.validation.average", 1, average);
    }

    /** Metrics that can be monitored. */
    public enum Metric {
        /** The loss on the validation set; lower is better. */
        LOSS,
        /** BLEU on the validation set. */
        BLEU,
        /** chrF on the validation set. */
        CHRF,
        /** Share of the validation set that is right to the letter. */
        EXACT_MATCH,
        /** Share of the validation set that is right. */
        ACCURACY,
        /** Mean over the classes of the harmonic mean of precision and recall. */
        MACRO_F1,
        /** Mean intersection over union of masks. */
        JACCARD,
        /** Mean absolute error of numbers; lower is better. */
        MAE,
        /** Root of the mean squared error of numbers; lower is better. */
        RMSE,
        /** R² of numbers: the share of their variance that is accounted for. */
        R2,
        /** Share of texts whose partner is the most similar of all. */
        RECALL_AT_1,
        /** Share of texts whose partner is among the five most similar. */
        RECALL_AT_5,
        /** Share of texts whose partner is among the ten most similar. */
        RECALL_AT_10,
        /** Mean of 1/rank of a text's partner among all, sorted by similarity. */
        MRR;

        /** Its name in a recipe. */
        String written() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Its name in metrics and JSON. */
        public String key() {
            return switch (this) {
                case LOSS -> "loss";
                case BLEU -> "bleu";
                case CHRF -> "chrf";
                case EXACT_MATCH -> "exactMatch";
                case ACCURACY -> "accuracy";
                case MACRO_F1 -> "macroF1";
                case JACCARD -> "jaccard";
                case MAE -> "mae";
                case RMSE -> "rmse";
                case R2 -> "r2";
                case RECALL_AT_1 -> "recallAt1";
                case RECALL_AT_5 -> "recallAt5";
                case RECALL_AT_10 -> "recallAt10";
                case MRR -> "mrr";
            };
        }

        /** {@return whether a network is better where it is higher} */
        public boolean higherIsBetter() {
            return switch (this) {
                case LOSS, MAE, RMSE -> false;
                case BLEU,
                        CHRF,
                        EXACT_MATCH,
                        ACCURACY,
                        MACRO_F1,
                        JACCARD,
                        R2,
                        RECALL_AT_1,
                        RECALL_AT_5,
                        RECALL_AT_10,
                        MRR ->
                        true;
            };
        }
    }

    /** The monitored metric, and whether it should grow. */
    public Monitor toMonitor() {
        return new Monitor(monitor.key(), monitor.higherIsBetter());
    }
}
