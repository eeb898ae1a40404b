package dev.unroll.tasks.recipe;

import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learning what comes next. Every part but the data and the model may be left out.
 *
 * @param data what to learn from
 * @param tokenizer how text becomes numbers; characters if left out
 * @param model the network; it never looks at what comes next, so it is not bidirectional
 * @param training how it is taught
 */
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
        this.model = Checks.given(model, "model");
        this.training =
                (training == null ? TrainingRecipe.DEFAULT : training).monitoring(Metric.LOSS);
        if (this.model.kind() == NetworkRecipe.Kind.NONE) {
            throw new RecipeException(
                    "'model.kind' of a language model is elman, lstm, gru or transformer");
        }
        if (this.model.bidirectional()) {
            throw new RecipeException(
                    "'model.bidirectional' of a language model is false: it goes on with a text and"
                            + " cannot read what comes after; leave the key out");
        }
    }

    @Override
    public List<Object> fixed() {
        return List.of(data, tokenizer, model, training.seed());
    }
}
