package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.data.sets.DrawingSet;
import org.jspecify.annotations.Nullable;

/**
 * Images and what they show: a published set, or a folder of your own with a table of captions.
 *
 * @param set name of a {@link DrawingSet}, or {@code own}
 * @param language of the emoji's names
 * @param skinTones whether emoji with skin tones are among them
 * @param files your own; in a recipe their keys stand beside {@code set}
 * @param validation share of the images that is kept for validation
 * @param test share of the images that is kept for the test
 * @param maxTokens images with longer captions are left out
 */
public record CaptioningData(
        String set,
        String language,
        boolean skinTones,
        @JsonUnwrapped Files files,
        double validation,
        double test,
        int maxTokens)
        implements RecipeData {

    /**
     * Images and captions of your own.
     *
     * @param folder of the images
     * @param captions the table of the captions: CSV, TSV or JSON lines, by its ending
     * @param file the column of the images' file names
     * @param caption the column of the captions
     */
    public record Files(String folder, String captions, String file, String caption) {

        @JsonCreator
        static Files of(
                @Nullable String folder,
                @Nullable String captions,
                @Nullable String file,
                @Nullable String caption) {
            return new Files(
                    Checks.or(folder, ""),
                    Checks.or(captions, ""),
                    Checks.or(file, "file"),
                    Checks.or(caption, "caption"));
        }
    }

    @JsonCreator
    public CaptioningData(
            @Nullable String set,
            @Nullable String language,
            @Nullable Boolean skinTones,
            @JsonUnwrapped Files files,
            @Nullable Double validation,
            @Nullable Double test,
            @Nullable Integer maxTokens) {
        this(
                Checks.set(DrawingSet.class, set, files.folder()),
                Checks.or(language, "en"),
                (boolean) Checks.or(skinTones, false),
                files,
                Checks.share("data.validation", Checks.or(validation, 0.05)),
                Checks.share("data.test", Checks.or(test, 0.15)),
                Checks.atLeast("data.maxTokens", 1, (int) Checks.or(maxTokens, 30)));
    }
}
