package dev.unroll.tasks.captioning;

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
 * Learning to say what images show. Every part but the data and the model may be left out.
 *
 * @param data the data set
 * @param image how images become rows
 * @param tokenizer how captions become numbers
 * @param model the network that writes
 * @param training how it is taught
 * @param decoding how it writes
 */
@JsonTypeName("caption")
public record CaptioningRecipe(
        CaptioningData data,
        @Default("{}") ImageRecipe image,
        @Default("{}") TokenizerRecipe tokenizer,
        NetworkRecipe model,
        @Default("{}") TrainingRecipe training,
        @Default("{}") DecodingRecipe decoding)
        implements Recipe {
    public CaptioningRecipe {
        Checks.given(data, "data");
        model = NetworkRole.decoder(model);
        training.requireMonitor(Metric.LOSS, Metric.BLEU, Metric.EXACT_MATCH);
    }
}
