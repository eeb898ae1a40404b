package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.unroll.tasks.data.LabelledTextSet;
import org.jspecify.annotations.Nullable;

/**
 * Texts and their classes: a published set, or a file of your own.
 *
 * @param set name of a {@link LabelledTextSet}, or {@code own}
 * @param file your own: CSV, TSV or JSON lines, by its ending
 * @param text the column of the text
 * @param label the column of the class
 * @param testFile another file like it to be judged by; part of the file if left out
 * @param validation share of the training rows that is kept to decide with
 * @param test share of your own file that is kept to be judged by, where there is no other file
 * @param maxTokens longer texts are shortened to so many tokens
 * @param keep which tokens of a longer text stay
 */
public record ClassificationData(
        String set,
        String file,
        String text,
        String label,
        String testFile,
        double validation,
        double test,
        int maxTokens,
        Keep keep)
        implements RecipeData {

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
            @Nullable String file,
            @Nullable String text,
            @Nullable String label,
            @Nullable String testFile,
            @Nullable Double validation,
            @Nullable Double test,
            @Nullable Integer maxTokens,
            @Nullable Keep keep) {
        this(
                Checks.set(LabelledTextSet.class, set, file),
                Checks.or(file, ""),
                Checks.or(text, "text"),
                Checks.or(label, "label"),
                Checks.or(testFile, ""),
                Checks.share(
                        "data.validation",
                        Checks.positive("data.validation", Checks.or(validation, 0.05))),
                Checks.share("data.test", Checks.or(test, 0.1)),
                Checks.atLeast("data.maxTokens", 1, (int) Checks.or(maxTokens, 400)),
                Checks.or(keep, Keep.LAST));
    }
}
