package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * A training from beginning to end; {@code task} says what the model is for, and translation is
 * meant where it is left out.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task", defaultImpl = TranslationRecipe.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = TranslationRecipe.class, name = "translate"),
    @JsonSubTypes.Type(value = ClassificationRecipe.class, name = "classify"),
    @JsonSubTypes.Type(value = LanguageRecipe.class, name = Recipe.GENERATE),
    @JsonSubTypes.Type(value = TaggingRecipe.class, name = "tag"),
    @JsonSubTypes.Type(value = CaptioningRecipe.class, name = "caption"),
    @JsonSubTypes.Type(value = FrameRecipe.class, name = "label-frames"),
    @JsonSubTypes.Type(value = MaskRecipe.class, name = "segment-masks")
})
public sealed interface Recipe
        permits TranslationRecipe,
                ClassificationRecipe,
                LanguageRecipe,
                TaggingRecipe,
                CaptioningRecipe,
                FrameRecipe,
                MaskRecipe {

    /** The {@code task} of a language model's recipe. */
    String GENERATE = "generate";

    /** How the model is taught. */
    TrainingRecipe training();

    /**
     * The parts that a run's weights belong to: who changes one starts another run. The seed is one
     * of them, since it says which examples are kept to decide with and to be judged by.
     */
    @JsonIgnore
    List<Object> fixed();
}
