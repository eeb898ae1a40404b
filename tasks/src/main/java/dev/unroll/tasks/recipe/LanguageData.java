package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.unroll.data.sets.TextSet;
import org.jspecify.annotations.Nullable;

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
        String set, String file, double validation, int length, int batch, int batches)
        implements RecipeData {

    @JsonCreator
    public LanguageData(
            @Nullable String set,
            @Nullable String file,
            @Nullable Double validation,
            @Nullable Integer length,
            @Nullable Integer batch,
            @Nullable Integer batches) {
        this(
                Checks.set(TextSet.class, set, Checks.or(file, "")),
                Checks.or(file, ""),
                Checks.share("data.validation", Checks.or(validation, 0.1)),
                Checks.atLeast("data.length", 1, (int) Checks.or(length, 64)),
                Checks.atLeast("data.batch", 1, (int) Checks.or(batch, 12)),
                Checks.atLeast("data.batches", 1, (int) Checks.or(batches, 250)));
    }
}
