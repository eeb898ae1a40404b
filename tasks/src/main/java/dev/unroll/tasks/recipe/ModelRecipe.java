package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * The model of a task on text: a network with first weights, or one that was trained before and is
 * trained on.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        property = "kind",
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        visible = true,
        defaultImpl = NetworkRecipe.Recurrent.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = NetworkRecipe.Transformer.class, name = NetworkRecipe.TRANSFORMER),
    @JsonSubTypes.Type(value = NetworkRecipe.Mlp.class, name = NetworkRecipe.MLP),
    @JsonSubTypes.Type(value = PretrainedRecipe.class, name = PretrainedRecipe.PRETRAINED)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ModelRecipe permits NetworkRecipe, PretrainedRecipe {

    /** The value of the recipe's key {@code kind}. */
    @JsonProperty("kind")
    String kind();

    /** Dropout on the rows that go in, between layers and on those that come out. */
    double dropout();
}
