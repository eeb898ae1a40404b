package dev.unroll.tasks.captioning;

import dev.unroll.nn.PictureDescriber;
import dev.unroll.nn.Seed;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.image.Picture;
import dev.unroll.tasks.model.Tokenizers;
import dev.unroll.tasks.recipe.CaptioningRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A recipe of captioning made ready in a run's folder. */
public final class CaptioningTraining {
    private CaptioningTraining() {}

    /** Loads the data, trains the tokenizer or takes the folder's, and builds the model. */
    public static RunTraining prepare(CaptioningRecipe recipe, RunFolder folder, DataFiles files)
            throws IOException {
        return prepare(
                recipe,
                Captions.of(
                        recipe.data(), recipe.picture().size(), recipe.training().seed(), files),
                folder);
    }

    /** The same with data of your own. */
    public static RunTraining prepare(CaptioningRecipe recipe, Captions data, RunFolder folder)
            throws IOException {
        Tokenizer tokenizer =
                Tokenizers.ofRun(
                        folder,
                        recipe.tokenizer(),
                        () -> data.training().stream().map(CaptionedPicture::caption).toList());
        PictureDescriber model =
                Describers.of(
                        recipe, tokenizer.vocabulary().size(), new Seed(recipe.training().seed()));
        List<CaptionedPicture> training = fitting(data.training(), tokenizer, recipe);
        List<CaptionedPicture> validation = fitting(data.validation(), tokenizer, recipe);
        if (training.isEmpty() || validation.isEmpty()) {
            throw new RecipeException(
                    ("%s: of %d captions to learn from %d have at most %d tokens, of %d to decide"
                                    + " with %d: at least one of each; allow more in"
                                    + " 'data.maxTokens'")
                            .formatted(
                                    data.name(),
                                    data.training().size(),
                                    training.size(),
                                    recipe.data().maxTokens(),
                                    data.validation().size(),
                                    validation.size()));
        }
        CaptioningLesson lesson =
                new CaptioningLesson(model, tokenizer, recipe, training, validation);
        int tooLong = data.training().size() - training.size();
        String about =
                "%s: %,d pictures%s, vocabulary %,d"
                        .formatted(
                                data.name(),
                                training.size(),
                                tooLong > 0
                                        ? " (" + tooLong + " with too long captions, left out)"
                                        : "",
                                tokenizer.vocabulary().size());
        return RunTraining.of(folder, recipe, model, lesson, about, data.remarks());
    }

    /** At the network's size, without those whose captions are too long. */
    private static List<CaptionedPicture> fitting(
            List<CaptionedPicture> pictures, Tokenizer tokenizer, CaptioningRecipe recipe) {
        return pictures.stream()
                .filter(p -> tokenizer.encode(p.caption()).length <= recipe.data().maxTokens())
                .map(
                        p -> {
                            Picture picture = Captioner.prepared(p.picture(), recipe.picture());
                            return new CaptionedPicture(p.name(), picture, p.caption());
                        })
                .toList();
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a captioner with the best weights
     */
    public static Captioner train(CaptioningRecipe recipe, Captions data, Path folder)
            throws IOException {
        RunFolder run = new RunFolder(folder);
        run.clear();
        prepare(recipe, data, run).run();
        return Captioner.load(folder);
    }
}
