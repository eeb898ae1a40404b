package dev.unroll.tasks.language;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.NetworkRole;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.TokenizerRecipe;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;

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
        LanguageData data,
        @Default("{kind: characters}") TokenizerRecipe tokenizer,
        NetworkRecipe model,
        @Default("{}") TrainingRecipe training)
        implements Recipe {
    public LanguageRecipe {
        Checks.given(data, "data");
        model = NetworkRole.decoder(model);
        training.requireMonitor(Metric.LOSS);
    }
}
