package dev.unroll.tasks.language;

import dev.unroll.data.sets.TextSet;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.Location;
import dev.unroll.tasks.recipe.RecipeData;

/**
 * One long text, learnt from in pieces drawn at random.
 *
 * @param set name of a {@link TextSet}, or {@code own}
 * @param file your own text
 * @param validation share at the text's end that is kept for validation
 * @param length tokens in a piece, and the most that a Transformer looks back
 * @param batch pieces in a batch
 * @param batches batches that make up an epoch
 */
public record LanguageData(
        String set,
        @Location @Default("''") String file,
        @Default("0.1") double validation,
        @Default("64") int length,
        @Default("12") int batch,
        @Default("250") int batches)
        implements RecipeData {
    public LanguageData {
        set = Checks.set(TextSet.class, set, file);
        Checks.share("data.validation", validation);
        Checks.atLeast("data.length", 1, length);
        Checks.atLeast("data.batch", 1, batch);
        Checks.atLeast("data.batches", 1, batches);
    }
}
