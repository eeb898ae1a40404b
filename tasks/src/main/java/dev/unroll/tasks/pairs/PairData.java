package dev.unroll.tasks.pairs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.data.sets.LabelledPairSet;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.Location;
import dev.unroll.tasks.recipe.RecipeData;
import dev.unroll.tasks.recipe.RecipeException;

/**
 * Pairs of texts and their classes or values: a published set, or a file of your own.
 *
 * @param set name of a {@link LabelledPairSet}, or {@code own}
 * @param files your own; in a recipe their keys stand beside {@code set}
 * @param validation share of the training rows that is kept for validation
 * @param test share of your own file that is kept for the test, where there is no other file
 * @param maxTokens of longer pairs, the longer text is shortened until both have so many tokens
 *     together
 */
public record PairData(
        String set,
        @JsonUnwrapped Files files,
        @Default("0.05") double validation,
        @Default("0.1") double test,
        @Default("256") int maxTokens)
        implements RecipeData {
    /**
     * Checks the set, the shares and the limit.
     *
     * @throws RecipeException if there is no such set, a share is not in [0, 1), that for
     *     validation is 0, or the limit is below 2
     */
    public PairData {
        set = Checks.set(LabelledPairSet.class, set, files.file());
        Checks.positive("data.validation", validation);
        Checks.share("data.validation", validation);
        Checks.share("data.test", test);
        Checks.atLeast("data.maxTokens", 2, maxTokens);
    }

    /**
     * Pairs of your own.
     *
     * @param file CSV, TSV or JSON lines, by its ending
     * @param first the column of the first text
     * @param second the column of the second text
     * @param label the column of the class
     * @param target the column of the value, where values are learnt in place of classes
     * @param testFile another file like it for the test; part of the file if left out
     */
    public record Files(
            @Location @Default("''") String file,
            @Default("first") String first,
            @Default("second") String second,
            @Default("label") String label,
            @Default("''") String target,
            @Location @Default("''") String testFile) {
        /**
         * Checks the columns.
         *
         * @throws RecipeException if both texts are to be one column
         */
        public Files {
            if (first.equals(second)) {
                throw new RecipeException(
                        "'data.first' and 'data.second' are both the column '%s'; name two"
                                .formatted(first));
            }
        }

        /** {@return whether values are learnt, and not classes} */
        boolean haveValues() {
            return !target.isEmpty();
        }
    }
}
