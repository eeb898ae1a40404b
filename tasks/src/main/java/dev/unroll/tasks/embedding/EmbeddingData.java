package dev.unroll.tasks.embedding;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.data.sets.LabelledPairSet;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.Location;
import dev.unroll.tasks.recipe.RecipeData;

/**
 * Pairs of texts that belong together: a published set, or a file of your own.
 *
 * @param set name of a {@link LabelledPairSet}, whose pairs of the class {@link
 *     LabelledPairSet#matching()} are taken, or {@code own}
 * @param files your own; in a recipe their keys stand beside {@code set}
 * @param validation share of the training rows that is kept for validation
 * @param test share of your own file that is kept for the test, where there is no other file
 * @param maxTokens longer texts are shortened to so many tokens while they are learnt from, special
 *     ones aside
 */
public record EmbeddingData(
        String set,
        @JsonUnwrapped Files files,
        @Default("0.05") double validation,
        @Default("0.1") double test,
        @Default("128") int maxTokens)
        implements RecipeData {
    /**
     * Checks the set, the shares and the limit.
     *
     * @throws dev.unroll.tasks.recipe.RecipeException if there is no such set, a share is not in
     *     [0, 1), that for validation is 0, or the limit is below 1
     */
    public EmbeddingData {
        set = Checks.set(LabelledPairSet.class, set, files.file());
        Checks.positive("data.validation", validation);
        Checks.share("data.validation", validation);
        Checks.share("data.test", test);
        Checks.atLeast("data.maxTokens", 1, maxTokens);
    }

    /**
     * Pairs of your own.
     *
     * @param file CSV, TSV or JSON lines, by its ending
     * @param first the column of the first text, such as a question
     * @param second the column of the text that belongs to it
     * @param negative the column of a text that does not belong to it though it looks so; none if
     *     left out
     * @param testFile another file like it for the test; part of the file if left out
     */
    public record Files(
            @Location @Default("''") String file,
            @Default("first") String first,
            @Default("second") String second,
            @Default("''") String negative,
            @Location @Default("''") String testFile) {}
}
