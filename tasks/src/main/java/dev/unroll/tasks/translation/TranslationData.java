package dev.unroll.tasks.translation;

import dev.unroll.data.sets.PairSet;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.Location;
import dev.unroll.tasks.recipe.RecipeData;

/**
 * The training data.
 *
 * @param set name of a {@link PairSet}, or {@code own}
 * @param file your own: CSV, TSV or JSON lines, by its ending
 * @param from language of the source, where the set has several; in your own file, its column
 * @param to language of the target, or its column
 * @param examples how many to make, where the set is made and not loaded
 * @param heldOut how many to keep for the test, where the set is made
 * @param maxTokens longer pairs are left out of the training, and counted
 */
public record TranslationData(
        String set,
        @Location @Default("''") String file,
        @Default("''") String from,
        @Default("''") String to,
        @Default("40000") int examples,
        @Default("1000") int heldOut,
        @Default("128") int maxTokens)
        implements RecipeData {
    public TranslationData {
        set = Checks.set(PairSet.class, set, file);
        Checks.atLeast("data.examples", 1, examples);
        Checks.atLeast("data.heldOut", 1, heldOut);
        Checks.atLeast("data.maxTokens", 1, maxTokens);
    }
}
