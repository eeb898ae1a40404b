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
import java.util.ArrayList;
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
                        () ->
                                data.training().stream()
                                        .flatMap(p -> p.captions().stream())
                                        .toList());
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
                                    captions(data.training()),
                                    captions(training),
                                    recipe.data().maxTokens(),
                                    captions(data.validation()),
                                    captions(validation)));
        }
        CaptioningLesson lesson =
                new CaptioningLesson(model, tokenizer, recipe, training, validation);
        long captions = captions(training);
        long tooLong = captions(data.training()) - captions;
        String about =
                "%s: %,d pictures%s%s, vocabulary %,d"
                        .formatted(
                                data.name(),
                                training.size(),
                                captions > training.size()
                                        ? " with %,d captions".formatted(captions)
                                        : "",
                                tooLong > 0
                                        ? " (%,d captions are too long and left out)"
                                                .formatted(tooLong)
                                        : "",
                                tokenizer.vocabulary().size());
        return RunTraining.of(folder, recipe, model, lesson, about, data.remarks());
    }

    private static long captions(List<CaptionedPicture> pictures) {
        return pictures.stream().mapToLong(p -> p.captions().size()).sum();
    }

    /** At the network's size, without captions that are too long and pictures without others. */
    private static List<CaptionedPicture> fitting(
            List<CaptionedPicture> pictures, Tokenizer tokenizer, CaptioningRecipe recipe) {
        int most = recipe.data().maxTokens();
        List<CaptionedPicture> fitting = new ArrayList<>();
        for (CaptionedPicture p : pictures) {
            List<String> captions =
                    p.captions().stream().filter(c -> tokenizer.encode(c).length <= most).toList();
            if (!captions.isEmpty()) {
                Picture picture = Captioner.prepared(p.picture(), recipe.picture());
                fitting.add(new CaptionedPicture(p.name(), picture, captions));
            }
        }
        return fitting;
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
