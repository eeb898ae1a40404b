package dev.unroll.tasks.tagging;

import dev.unroll.data.sets.TaggedSentenceSet;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.Location;
import dev.unroll.tasks.recipe.RecipeData;

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
        @Location @Default("''") String file,
        @Default("''") String text,
        @Default("''") String tags,
        @Location @Default("''") String validationFile,
        @Location @Default("''") String testFile,
        @Default("0.1") double validation,
        @Default("0.1") double test)
        implements RecipeData {
    public TaggingData {
        set = Checks.set(TaggedSentenceSet.class, set, file);
        text = text.isEmpty() && !tags.isEmpty() ? "text" : text;
        tags = tags.isEmpty() && !text.isEmpty() ? "tags" : tags;
        Checks.share("data.validation", validation);
        Checks.share("data.test", test);
    }
}
