package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Learning to translate. Every part but the data and the model may be left out.
 *
 * @param data the data set
 * @param tokenizer how text becomes numbers
 * @param model the network
 * @param training how it is taught
 * @param decoding how it writes
 */
@JsonTypeName("translate")
public record TranslationRecipe(
        TranslationData data,
        TokenizerRecipe tokenizer,
        NetworkRecipe model,
        TrainingRecipe training,
        DecodingRecipe decoding)
        implements Recipe {
    public TranslationRecipe(
            @Nullable TranslationData data,
            @Nullable TokenizerRecipe tokenizer,
            @Nullable NetworkRecipe model,
            @Nullable TrainingRecipe training,
            @Nullable DecodingRecipe decoding) {
        this.data = Checks.given(data, "data");
        this.tokenizer = tokenizer == null ? TokenizerRecipe.DEFAULT : tokenizer;
        this.model = NetworkRecipe.encoderDecoder(model);
        this.training =
                (training == null ? TrainingRecipe.DEFAULT : training)
                        .monitoring(Metric.LOSS, Metric.BLEU, Metric.CHRF, Metric.EXACT_MATCH);
        this.decoding = decoding == null ? DecodingRecipe.DEFAULT : decoding;
    }
}
