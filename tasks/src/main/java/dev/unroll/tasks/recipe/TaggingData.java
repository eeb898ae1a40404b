package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * Sentences whose words have tags: a published set, or a file of your own.
 *
 * @param set which data set
 * @param file your own: CoNLL-U, or a word, a tab and a tag in each line and a blank line after
 *     each sentence
 * @param validationFile another file like it to decide with; part of the file if left out
 * @param testFile another file like it to be judged by; part of the file if left out
 * @param validation share of your own file that is kept to decide with, where there is no other
 * @param test share of your own file that is kept to be judged by, where there is no other
 */
public record TaggingData(
        Set set,
        String file,
        String validationFile,
        String testFile,
        double validation,
        double test) {

    /** The sets there are. */
    public enum Set {
        /** The English Web Treebank (Silveira et al. 2014). */
        UD_ENGLISH_EWT,
        /** A file of your own. */
        OWN
    }

    @JsonCreator
    public TaggingData(
            @Nullable Set set,
            @Nullable String file,
            @Nullable String validationFile,
            @Nullable String testFile,
            @Nullable Double validation,
            @Nullable Double test) {
        this(
                Checks.given(set == null && file != null ? Set.OWN : set, "data.set"),
                Checks.or(file, ""),
                Checks.or(validationFile, ""),
                Checks.or(testFile, ""),
                Checks.share("data.validation", Checks.or(validation, 0.1)),
                Checks.share("data.test", Checks.or(test, 0.1)));
    }
}
