package dev.unroll.tasks.masks;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.MaskNetwork;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Learning a mask for each frame of a video whose first mask is given. */
public final class MaskTask
        implements TaskDefinition<
                MaskRecipe, MaskSplit.Part, MaskTask.Nothing, MaskNetwork<?>, Segmenter> {
    public static final MaskTask TASK = new MaskTask();

    private MaskTask() {}

    /** Nothing is fitted on the training set but the weights. */
    record Nothing() {}

    @Override
    public Class<MaskRecipe> recipe() {
        return MaskRecipe.class;
    }

    @Override
    public Corpus<MaskSplit.Part> corpus(MaskRecipe recipe, DataFiles files) throws IOException {
        return MaskVideos.of(recipe.data(), files);
    }

    @Override
    public String identity(MaskSplit.Part part) {
        return "%s %d %d".formatted(part.video().name(), part.from(), part.to());
    }

    @Override
    public Nothing fitted(Fitting<MaskRecipe, MaskSplit.Part> fitting) {
        return new Nothing();
    }

    @Override
    public MaskNetwork<?> model(MaskRecipe recipe, Nothing fitted, Seed seed) {
        return MaskNetworks.of(recipe, seed);
    }

    @Override
    public TrainingSetup setup(
            MaskRecipe recipe, Nothing fitted, MaskNetwork<?> model, Corpus<MaskSplit.Part> corpus)
            throws IOException {
        List<MaskedClip> training = read(corpus.train(), recipe);
        requireObject(training, corpus.name(), recipe.data());
        List<MaskedClip> validation = read(corpus.validation(), recipe);
        boolean decides = !validation.stream().allMatch(MaskedClip::isEmpty);
        return new TrainingSetup(
                new MaskObjective<>(model, recipe, training, decides ? validation : training),
                "%s: %,d frames of %d videos, %d held out, at %d x %d"
                        .formatted(
                                corpus.name(),
                                training.stream().mapToInt(MaskedClip::size).sum(),
                                training.size(),
                                corpus.tests().getOrDefault(MaskSplit.HELD_OUT, List.of()).size(),
                                recipe.data().width(),
                                recipe.data().height()),
                decides || validation.isEmpty()
                        ? List.of()
                        : List.of(
                                "no frame for validation shows the object: the training frames"
                                        + " decide"));
    }

    private static List<MaskedClip> read(List<MaskSplit.Part> parts, MaskRecipe recipe)
            throws IOException {
        List<MaskedClip> clips = new ArrayList<>();
        for (MaskSplit.Part part : parts) {
            clips.add(part.read(recipe.data().width(), recipe.data().height()));
        }
        return clips;
    }

    /** Where no mask has anything in it, finding nothing is perfect. */
    private static void requireObject(List<MaskedClip> training, String name, MaskData data) {
        if (training.stream().allMatch(MaskedClip::isEmpty)) {
            throw new RecipeException(
                    ("%s: no mask of the training set has anything in it at %d x %d pixels: masks"
                                    + " are white where the object is, black elsewhere")
                            .formatted(name, data.width(), data.height()));
        }
    }

    @Override
    public Segmenter predictor(MaskRecipe recipe, Nothing fitted, MaskNetwork<?> model) {
        return new Segmenter(model, recipe.data());
    }

    @Override
    public Report evaluate(
            Segmenter segmenter, MaskRecipe recipe, Corpus<MaskSplit.Part> corpus, Split split)
            throws IOException {
        return MaskReport.of(segmenter, corpus, split);
    }
}
