package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Learning to say which class a text is of. Every part but the data and the model may be left out.
 *
 * @param data the data set
 * @param tokenizer how text becomes numbers
 * @param model the network
 * @param pooling how the rows of a text become one
 * @param training how it is taught
 */
@JsonTypeName("classify")
public record ClassificationRecipe(
        ClassificationData data,
        TokenizerRecipe tokenizer,
        NetworkRecipe model,
        SequencePooling.Kind pooling,
        TrainingRecipe training)
        implements Recipe {
    public ClassificationRecipe(
            @Nullable ClassificationData data,
            @Nullable TokenizerRecipe tokenizer,
            @Nullable NetworkRecipe model,
            SequencePooling.@Nullable Kind pooling,
            @Nullable TrainingRecipe training) {
        this.data = Checks.given(data, "data");
        this.tokenizer = tokenizer == null ? TokenizerRecipe.DEFAULT : tokenizer;
        this.model = NetworkRecipe.encoder(model);
        this.pooling = Checks.or(pooling, SequencePooling.Kind.ATTENTION);
        this.training =
                (training == null ? TrainingRecipe.DEFAULT : training)
                        .monitoring(Metric.LOSS, Metric.ACCURACY, Metric.MACRO_F1);
    }
}
