package dev.unroll.tasks.captioning;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.data.sets.DrawingSet;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.Location;
import dev.unroll.tasks.recipe.RecipeData;

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
        @Default("en") String language,
        @Default("false") boolean skinTones,
        @JsonUnwrapped Files files,
        @Default("0.05") double validation,
        @Default("0.15") double test,
        @Default("30") int maxTokens)
        implements RecipeData {
    public CaptioningData {
        set = Checks.set(DrawingSet.class, set, files.folder());
        Checks.share("data.validation", validation);
        Checks.share("data.test", test);
        Checks.atLeast("data.maxTokens", 1, maxTokens);
    }

    /**
     * Images and captions of your own.
     *
     * @param folder of the images
     * @param captions the table of the captions: CSV, TSV or JSON lines, by its ending
     * @param file the column of the images' file names
     * @param caption the column of the captions
     */
    public record Files(
            @Location @Default("''") String folder,
            @Location @Default("''") String captions,
            @Default("file") String file,
            @Default("caption") String caption) {}
}
