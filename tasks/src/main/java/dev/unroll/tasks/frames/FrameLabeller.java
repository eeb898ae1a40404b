package dev.unroll.tasks.frames;

import dev.unroll.nn.Seed;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.recipe.FrameRecipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which class each frame of a video is of.
 *
 * <pre>{@code
 * FrameLabeller labeller = FrameLabeller.load(Path.of("runs/gestures"));
 * FrameLabels labels = labeller.predict(new FrameRows("my video", joints));
 * }</pre>
 */
public final class FrameLabeller implements Predictor<FrameRows, FrameLabels> {
    private final FrameRecipe recipe;
    private final FrameInput input;
    private final FrameNetwork network;
    private final List<String> classes;

    private FrameLabeller(
            FrameRecipe recipe, FrameInput input, FrameNetwork network, List<String> classes) {
        this.recipe = recipe;
        this.input = input;
        this.network = network;
        this.classes = List.copyOf(classes);
    }

    /**
     * The labeller of a run.
     *
     * @param run the run's folder
     * @throws IllegalArgumentException if it is no run of this task, or its files do not fit
     *     together
     */
    public static FrameLabeller load(Path run) throws IOException {
        RunFolder folder = new RunFolder(run);
        folder.requireModel();
        FrameRecipe recipe = folder.readRecipe(FrameRecipe.class, "label frames");
        return load(folder, recipe);
    }

    static FrameLabeller load(RunFolder folder, FrameRecipe recipe) throws IOException {
        List<String> classes = ClassNames.read(folder.classes()).names();
        FrameInput input = FrameInput.read(folder.features());
        FrameNetwork network = FrameNetwork.of(recipe, input.width(), classes.size(), Seed.BLANK);
        Weights.load(network.model(), folder.model());
        return new FrameLabeller(recipe, input, network, classes);
    }

    /** The names of the classes. */
    public List<String> classes() {
        return classes;
    }

    /**
     * The frames of a video as this labeller sees them: of a labeller of numbers a table with its
     * columns, of one of pictures a folder of them or a video file.
     *
     * @throws IOException if it cannot be read
     */
    public FrameRows read(Path video) throws IOException {
        return OwnFrames.unlabelled(recipe.data(), video);
    }

    /**
     * Each video by itself.
     *
     * @throws IllegalArgumentException if a frame has not as many numbers as those it was taught
     *     with
     */
    @Override
    public List<FrameLabels> predictAll(List<FrameRows> videos) {
        return videos.stream().map(this::labels).toList();
    }

    private FrameLabels labels(FrameRows video) {
        double[][] probabilities = network.probabilities(input.of(video));
        int[] best = FrameNetwork.likeliest(probabilities);
        List<String> labels = new ArrayList<>();
        List<Double> sure = new ArrayList<>();
        for (int t = 0; t < best.length; t++) {
            labels.add(classes.get(best[t]));
            sure.add(probabilities[t][best[t]]);
        }
        return new FrameLabels(labels, sure);
    }
}
