/**
 * Recipes: the data, the network and the training of a task, as a YAML file.
 *
 * <p>Each task has a record in its own package that implements {@link
 * dev.unroll.tasks.recipe.Recipe}, and all tasks share one description of a network, {@link
 * dev.unroll.tasks.recipe.NetworkRecipe}, and one of a training, {@link
 * dev.unroll.tasks.recipe.TrainingRecipe}. {@link dev.unroll.tasks.recipe.RecipeFile} reads them
 * and checks every key before anything runs; a {@link dev.unroll.tasks.recipe.RecipeException} says
 * what was given, what is allowed and which key was probably meant.
 */
@NullMarked
package dev.unroll.tasks.recipe;

import org.jspecify.annotations.NullMarked;
