package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import org.jspecify.annotations.Nullable;

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
        ImageRecipe image,
        TokenizerRecipe tokenizer,
        NetworkRecipe model,
        TrainingRecipe training,
        DecodingRecipe decoding)
        implements Recipe {
    public CaptioningRecipe(
            @Nullable CaptioningData data,
            @Nullable ImageRecipe image,
            @Nullable TokenizerRecipe tokenizer,
            @Nullable NetworkRecipe model,
            @Nullable TrainingRecipe training,
            @Nullable DecodingRecipe decoding) {
        this.data = Checks.given(data, "data");
        this.image = image == null ? ImageRecipe.DEFAULT : image;
        this.tokenizer = tokenizer == null ? TokenizerRecipe.DEFAULT : tokenizer;
        this.model = NetworkRecipe.decoder(model);
        this.training =
                (training == null ? TrainingRecipe.DEFAULT : training)
                        .monitoring(Metric.LOSS, Metric.BLEU, Metric.EXACT_MATCH);
        this.decoding = decoding == null ? DecodingRecipe.DEFAULT : decoding;
    }
}
