package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Learning to tag words. Every part but the data and the model may be left out.
 *
 * @param data the data set
 * @param words how words become numbers
 * @param model the network that reads the words
 * @param training how it is taught
 */
@JsonTypeName("tag")
public record TaggingRecipe(
        TaggingData data, WordsRecipe words, NetworkRecipe model, TrainingRecipe training)
        implements Recipe {
    public TaggingRecipe(
            @Nullable TaggingData data,
            @Nullable WordsRecipe words,
            @Nullable NetworkRecipe model,
            @Nullable TrainingRecipe training) {
        this.data = Checks.given(data, "data");
        this.words = words == null ? WordsRecipe.DEFAULT : words;
        this.model = NetworkRecipe.encoder(model);
        this.training =
                (training == null ? TrainingRecipe.DEFAULT : training)
                        .monitoring(Metric.LOSS, Metric.ACCURACY, Metric.MACRO_F1);
    }
}
