package dev.unroll.tasks.classification;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.data.sets.LabelledTextSet;
import dev.unroll.tasks.model.Keep;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.Location;
import dev.unroll.tasks.recipe.RecipeData;

/**
 * Texts and their classes: a published set, or a file of your own.
 *
 * @param set name of a {@link LabelledTextSet}, or {@code own}
 * @param files your own; in a recipe their keys stand beside {@code set}
 * @param validation share of the training rows that is kept for validation
 * @param test share of your own file that is kept for the test, where there is no other file
 * @param made how much is made, of a set that is made; in a recipe its keys stand beside {@code
 *     set}
 * @param maxTokens longer texts are shortened to so many tokens; a set that is made makes none
 *     longer
 * @param keep which tokens of a longer text stay
 */
public record ClassificationData(
        String set,
        @JsonUnwrapped Files files,
        @JsonUnwrapped Made made,
        @Default("0.05") double validation,
        @Default("0.1") double test,
        @Default("400") int maxTokens,
        @Default("last") Keep keep)
        implements RecipeData {
    public ClassificationData {
        set = Checks.set(LabelledTextSet.class, set, files.file());
        Checks.positive("data.validation", validation);
        Checks.share("data.validation", validation);
        Checks.share("data.test", test);
        Checks.atLeast("data.maxTokens", 1, maxTokens);
    }

    /**
     * Texts of your own.
     *
     * @param file CSV, TSV or JSON lines, by its ending
     * @param text the column of the text
     * @param label the column of the class
     * @param testFile another file like it for the test; part of the file if left out
     */
    public record Files(
            @Location @Default("''") String file,
            @Default("text") String text,
            @Default("label") String label,
            @Location @Default("''") String testFile) {}

    /**
     * The size of a set that is made and not loaded.
     *
     * @param examples texts for training and validation
     * @param heldOut texts for the test
     */
    public record Made(@Default("20000") int examples, @Default("2000") int heldOut) {
        public Made {
            Checks.atLeast("data.examples", 1, examples);
            Checks.atLeast("data.heldOut", 1, heldOut);
        }
    }
}
