package dev.unroll.tasks.regression;

import dev.unroll.tasks.model.Keep;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.Location;

/**
 * Texts and their numbers: a file of your own.
 *
 * @param file CSV, TSV or JSON lines, by its ending
 * @param text the column of the text
 * @param target the column of the number
 * @param testFile another file like it for the test; part of the file if left out
 * @param validation share of the training rows that is kept for validation
 * @param test share of the file that is kept for the test, where there is no other file
 * @param maxTokens longer texts are shortened to so many tokens
 * @param keep which tokens of a longer text stay
 */
public record RegressionData(
        @Location @Default("''") String file,
        @Default("text") String text,
        @Default("target") String target,
        @Location @Default("''") String testFile,
        @Default("0.05") double validation,
        @Default("0.1") double test,
        @Default("400") int maxTokens,
        @Default("last") Keep keep) {
    /**
     * Checks the shares and the limit.
     *
     * @throws dev.unroll.tasks.recipe.RecipeException if a share is not in [0, 1), that for
     *     validation is 0, or the limit is below 1
     */
    public RegressionData {
        Checks.positive("data.validation", validation);
        Checks.share("data.validation", validation);
        Checks.share("data.test", test);
        Checks.atLeast("data.maxTokens", 1, maxTokens);
    }
}
