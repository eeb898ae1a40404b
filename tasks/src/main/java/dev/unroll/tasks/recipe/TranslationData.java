package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.unroll.data.sets.PairSet;
import org.jspecify.annotations.Nullable;

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
        String set, String file, String from, String to, int examples, int heldOut, int maxTokens)
        implements RecipeData {

    @JsonCreator
    public TranslationData(
            @Nullable String set,
            @Nullable String file,
            @Nullable String from,
            @Nullable String to,
            @Nullable Integer examples,
            @Nullable Integer heldOut,
            @Nullable Integer maxTokens) {
        this(
                Checks.set(PairSet.class, set, Checks.or(file, "")),
                Checks.or(file, ""),
                Checks.or(from, ""),
                Checks.or(to, ""),
                Checks.atLeast("data.examples", 1, Checks.or(examples, 40_000)),
                Checks.atLeast("data.heldOut", 1, Checks.or(heldOut, 1_000)),
                Checks.atLeast("data.maxTokens", 1, Checks.or(maxTokens, 128)));
    }
}
