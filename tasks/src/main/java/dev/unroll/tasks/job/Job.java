package dev.unroll.tasks.job;

import dev.unroll.tasks.Report;
import dev.unroll.tasks.Split;
import dev.unroll.tasks.captioning.CaptionScore;
import dev.unroll.tasks.captioning.CaptioningTraining;
import dev.unroll.tasks.classification.ClassificationScore;
import dev.unroll.tasks.classification.ClassificationTraining;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.frames.FrameScore;
import dev.unroll.tasks.frames.FrameTraining;
import dev.unroll.tasks.language.LanguageScore;
import dev.unroll.tasks.language.LanguageTraining;
import dev.unroll.tasks.masks.MaskReport;
import dev.unroll.tasks.masks.MaskTraining;
import dev.unroll.tasks.recipe.CaptioningRecipe;
import dev.unroll.tasks.recipe.ClassificationRecipe;
import dev.unroll.tasks.recipe.FrameRecipe;
import dev.unroll.tasks.recipe.LanguageRecipe;
import dev.unroll.tasks.recipe.MaskRecipe;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.TaggingRecipe;
import dev.unroll.tasks.recipe.TranslationRecipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import dev.unroll.tasks.tagging.TaggingScore;
import dev.unroll.tasks.tagging.TaggingTraining;
import dev.unroll.tasks.translation.TranslationScore;
import dev.unroll.tasks.translation.TranslationTraining;
import java.io.IOException;

/** Does for a recipe of any task what is asked of all of them. */
public final class Job {
    private Job() {}

    /** Loads the data and makes the training ready in a run's folder. */
    public static RunTraining prepare(Recipe recipe, RunFolder folder, DataFiles files)
            throws IOException {
        return switch (recipe) {
            case TranslationRecipe r -> TranslationTraining.prepare(r, folder, files);
            case ClassificationRecipe r -> ClassificationTraining.prepare(r, folder, files);
            case LanguageRecipe r -> LanguageTraining.prepare(r, folder, files);
            case MaskRecipe r -> MaskTraining.prepare(r, folder, files);
            case TaggingRecipe r -> TaggingTraining.prepare(r, folder, files);
            case FrameRecipe r -> FrameTraining.prepare(r, folder, files);
            case CaptioningRecipe r -> CaptioningTraining.prepare(r, folder, files);
        };
    }

    /**
     * Measures a run's model on its data.
     *
     * @param recipe the run's, or with changes that leave its fixed parts alone
     */
    public static Report evaluate(Recipe recipe, RunFolder run, Split split, DataFiles files)
            throws IOException {
        run.requireModel();
        return switch (recipe) {
            case TranslationRecipe r -> TranslationScore.of(r, run, split, files);
            case ClassificationRecipe r -> ClassificationScore.of(r, run, split, files);
            case LanguageRecipe r -> LanguageScore.of(r, run, files);
            case MaskRecipe r -> MaskReport.of(r, run, split, files);
            case TaggingRecipe r -> TaggingScore.of(r, run, split, files);
            case FrameRecipe r -> FrameScore.of(r, run, split, files);
            case CaptioningRecipe r -> CaptionScore.of(r, run, split, files);
        };
    }

    /** The command that uses a run's model, as a hint: {@code unroll classify RUN "..."}. */
    public static String use(Recipe recipe, RunFolder folder) {
        return switch (recipe) {
            case TranslationRecipe r -> "unroll translate %s \"...\"".formatted(folder.directory());
            case ClassificationRecipe r ->
                    "unroll classify %s \"...\"".formatted(folder.directory());
            case LanguageRecipe r ->
                    "unroll generate %s --prompt \"...\"".formatted(folder.directory());
            case MaskRecipe r -> "unroll segment %s FOLDER".formatted(folder.directory());
            case TaggingRecipe r -> "unroll tag %s \"...\"".formatted(folder.directory());
            case FrameRecipe r -> "unroll segment %s FILE".formatted(folder.directory());
            case CaptioningRecipe r -> "unroll caption %s PICTURE".formatted(folder.directory());
        };
    }
}
