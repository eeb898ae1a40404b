package dev.unroll.tasks.translation;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.DecodingRecipe;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.NetworkRole;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.TokenizerRecipe;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;

/**
 * Learning to translate. Every part but the data and the model may be left out.
 *
 * @param data the data set
 * @param tokenizer how text becomes numbers
 * @param model the network
 * @param training how it is taught
 * @param decoding how it writes
 * @param metrics how it is measured
 */
@JsonTypeName("translate")
public record TranslationRecipe(
        TranslationData data,
        @Default("{}") TokenizerRecipe tokenizer,
        NetworkRecipe model,
        @Default("{}") TrainingRecipe training,
        @Default("{}") DecodingRecipe decoding,
        @Default("{}") MetricsRecipe metrics)
        implements Recipe {
    public TranslationRecipe {
        Checks.given(data, "data");
        model = NetworkRole.encoderDecoder(model);
        training.requireMonitor(Metric.LOSS, Metric.BLEU, Metric.CHRF, Metric.EXACT_MATCH);
    }
}
