package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A training from beginning to end: a record whose components are the keys of a YAML file. The
 * annotation {@code JsonTypeName} of the record names its task, as {@code task} does in the file.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
public interface Recipe {

    /** The settings of the training. */
    TrainingRecipe training();
}
