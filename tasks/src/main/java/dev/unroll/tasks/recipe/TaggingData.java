package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.unroll.data.sets.TaggedSentenceSet;
import org.jspecify.annotations.Nullable;

/**
 * Sentences whose words have tags: a published set, or a file of your own.
 *
 * @param set name of a {@link TaggedSentenceSet}, or {@code own}
 * @param file your own: a table with a sentence a row, if {@code text} or {@code tags} is given;
 *     else CoNLL-U, or a word, a tab and a tag in each line and a blank line after each sentence
 * @param text the table's column of the words, with spaces between; "text" if only {@code tags} is
 *     given, empty if the file is no table
 * @param tags the table's column of the tags, with spaces between; "tags" if only {@code text} is
 *     given, empty if the file is no table
 * @param validationFile another file like it for validation; part of the file if left out
 * @param testFile another file like it for the test; part of the file if left out
 * @param validation share of your own file that is kept for validation, where there is no other
 * @param test share of your own file that is kept for the test, where there is no other
 */
public record TaggingData(
        String set,
        String file,
        String text,
        String tags,
        String validationFile,
        String testFile,
        double validation,
        double test)
        implements RecipeData {

    @JsonCreator
    public TaggingData(
            @Nullable String set,
            @Nullable String file,
            @Nullable String text,
            @Nullable String tags,
            @Nullable String validationFile,
            @Nullable String testFile,
            @Nullable Double validation,
            @Nullable Double test) {
        this(
                Checks.set(TaggedSentenceSet.class, set, Checks.or(file, "")),
                Checks.or(file, ""),
                column(text, "text", tags),
                column(tags, "tags", text),
                Checks.or(validationFile, ""),
                Checks.or(testFile, ""),
                Checks.share("data.validation", Checks.or(validation, 0.1)),
                Checks.share("data.test", Checks.or(test, 0.1)));
    }

    /** A column's name, which may be left out where the other is given. */
    private static String column(@Nullable String name, String otherwise, @Nullable String other) {
        String given = Checks.or(name, "");
        return given.isEmpty() && !Checks.or(other, "").isEmpty() ? otherwise : given;
    }
}
