package dev.unroll.tasks.frames;

import dev.unroll.data.Corpus;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.task.Runs;
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

    FrameLabeller(
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
        return Runs.load(FrameTask.TASK, run);
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a labeller with the best weights
     */
    public static FrameLabeller train(FrameRecipe recipe, Corpus<LabelledVideo> corpus, Path folder)
            throws IOException {
        return Runs.train(FrameTask.TASK, recipe, corpus, folder);
    }

    /** The names of the classes. */
    public List<String> classes() {
        return classes;
    }

    /**
     * The frames of a video as this labeller sees them: of a labeller of numbers a table with its
     * columns, of one of images a folder of them or a video file.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is a table of several videos
     */
    public FrameRows read(Path video) throws IOException {
        List<FrameRows> videos = readAll(video);
        if (videos.size() > 1) {
            throw new IllegalArgumentException(
                    "%s: has %d videos, such as '%s' and '%s'; read them with readAll"
                            .formatted(
                                    video,
                                    videos.size(),
                                    videos.get(0).name(),
                                    videos.get(1).name()));
        }
        return videos.getFirst();
    }

    /**
     * The videos of a table, by the column that names a frame's video, where this labeller was
     * taught with one; else the one video that {@link #read} reads.
     *
     * @return in the order of their first frames
     * @throws IOException if it cannot be read
     */
    public List<FrameRows> readAll(Path videos) throws IOException {
        return OwnFrames.unlabelled(recipe.data(), videos);
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

    @Override
    public List<FrameRows> examples() {
        float[][] rows = new float[30][input.columns()];
        for (int t = 0; t < rows.length; t++) {
            for (int c = 0; c < rows[t].length; c++) {
                rows[t][c] = (31 * t + 17 * c) % 10 / 10f;
            }
        }
        return List.of(new FrameRows("example", rows));
    }

    private FrameLabels labels(FrameRows video) {
        double[][] probabilities = network.probabilities(input.of(video), FrameNetwork.TOGETHER);
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
