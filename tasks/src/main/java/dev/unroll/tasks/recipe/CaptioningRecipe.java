package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonTypeName;
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
