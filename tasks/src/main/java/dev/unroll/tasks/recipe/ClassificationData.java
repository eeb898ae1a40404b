package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.data.sets.LabelledTextSet;
import org.jspecify.annotations.Nullable;

/**
 * Texts and their classes: a published set, or a file of your own.
 *
 * @param set name of a {@link LabelledTextSet}, or {@code own}
 * @param files your own; in a recipe their keys stand beside {@code set}
 * @param validation share of the training rows that is kept for validation
 * @param test share of your own file that is kept for the test, where there is no other file
 * @param maxTokens longer texts are shortened to so many tokens
 * @param keep which tokens of a longer text stay
 */
public record ClassificationData(
        String set,
        @JsonUnwrapped Files files,
        double validation,
        double test,
        int maxTokens,
        Keep keep)
        implements RecipeData {

    /**
     * Texts of your own.
     *
     * @param file CSV, TSV or JSON lines, by its ending
     * @param text the column of the text
     * @param label the column of the class
     * @param testFile another file like it for the test; part of the file if left out
     */
    public record Files(String file, String text, String label, String testFile) {

        @JsonCreator
        static Files of(
                @Nullable String file,
                @Nullable String text,
                @Nullable String label,
                @Nullable String testFile) {
            return new Files(
                    Checks.or(file, ""),
                    Checks.or(text, "text"),
                    Checks.or(label, "label"),
                    Checks.or(testFile, ""));
        }
    }

    /** Which tokens of a text that is too long stay. */
    public enum Keep {
        /** The first. */
        FIRST,
        /** The last. */
        LAST
    }

    @JsonCreator
    public ClassificationData(
            @Nullable String set,
            @JsonUnwrapped Files files,
            @Nullable Double validation,
            @Nullable Double test,
            @Nullable Integer maxTokens,
            @Nullable Keep keep) {
        this(
                Checks.set(LabelledTextSet.class, set, files.file()),
                files,
                Checks.share(
                        "data.validation",
                        Checks.positive("data.validation", Checks.or(validation, 0.05))),
                Checks.share("data.test", Checks.or(test, 0.1)),
                Checks.atLeast("data.maxTokens", 1, (int) Checks.or(maxTokens, 400)),
                Checks.or(keep, Keep.LAST));
    }
}
