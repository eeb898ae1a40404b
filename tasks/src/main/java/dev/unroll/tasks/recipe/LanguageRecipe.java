package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Learning what comes next. Every part but the data and the model may be left out.
 *
 * @param data the data set
 * @param tokenizer how text becomes numbers; characters if left out
 * @param model the network; it never looks at what comes next, so it is not bidirectional
 * @param training how it is taught
 */
@JsonTypeName("generate")
public record LanguageRecipe(
        LanguageData data, TokenizerRecipe tokenizer, NetworkRecipe model, TrainingRecipe training)
        implements Recipe {
    public LanguageRecipe(
            @Nullable LanguageData data,
            @Nullable TokenizerRecipe tokenizer,
            @Nullable NetworkRecipe model,
            @Nullable TrainingRecipe training) {
        this.data = Checks.given(data, "data");
        this.tokenizer = tokenizer == null ? TokenizerRecipe.CHARACTERS : tokenizer;
        this.model = NetworkRecipe.decoder(model);
        this.training =
                (training == null ? TrainingRecipe.DEFAULT : training).monitoring(Metric.LOSS);
    }
}
