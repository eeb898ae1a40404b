package dev.unroll.tasks.frames;

import dev.unroll.nn.Seed;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.recipe.FrameRecipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import java.io.IOException;
import java.nio.file.Path;

/** A recipe of frame labels made ready in a run's folder. */
public final class FrameTraining {
    private FrameTraining() {}

    /** Loads the data, takes its statistics, and builds the model. */
    public static RunTraining prepare(FrameRecipe recipe, RunFolder folder, DataFiles files)
            throws IOException {
        return prepare(recipe, LabelledVideos.of(recipe.data(), files), folder);
    }

    /** The same with data of your own. */
    public static RunTraining prepare(FrameRecipe recipe, LabelledVideos videos, RunFolder folder)
            throws IOException {
        ClassNames classes = ClassNames.ofRun(folder, videos.classes());
        FrameInput input = FrameInput.of(recipe.data(), videos.training()).ofRun(folder);
        FrameNetwork network =
                FrameNetwork.of(
                        recipe, input.width(), classes.size(), new Seed(recipe.training().seed()));
        FrameLesson lesson =
                new FrameLesson(
                        network,
                        recipe,
                        FrameLesson.Seen.of(videos.training(), input, classes),
                        FrameLesson.Seen.of(videos.validation(), input, classes),
                        classes);
        String about =
                "%s: %,d frames of %d videos, %d classes, %d numbers a frame"
                        .formatted(
                                videos.name(),
                                videos.training().stream().mapToInt(LabelledVideo::size).sum(),
                                videos.training().size(),
                                classes.size(),
                                input.width());
        return RunTraining.of(folder, recipe, network.model(), lesson, about, videos.remarks());
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a labeller with the best weights
     */
    public static FrameLabeller train(FrameRecipe recipe, LabelledVideos videos, Path folder)
            throws IOException {
        RunFolder run = new RunFolder(folder);
        run.clear();
        prepare(recipe, videos, run).run();
        return FrameLabeller.load(folder);
    }
}
