package dev.unroll.tasks.masks;

import dev.unroll.data.Corpus;
import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.nn.Mode;
import dev.unroll.nn.models.MaskNetwork;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.task.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the object of a video's first mask in all its frames. */
public final class Segmenter implements Predictor<GivenVideo, List<ImageMask>> {
    private final MaskNetwork<?> model;
    private final int width;
    private final int height;

    Segmenter(MaskNetwork<?> model, MaskData data) {
        this.model = model;
        this.width = data.width();
        this.height = data.height();
    }

    /**
     * The segmenter of a run.
     *
     * @param run the run's folder
     * @throws IllegalArgumentException if it is no run of this task, or its files do not fit
     *     together
     */
    public static Segmenter load(Path run) throws IOException {
        return Runs.load(MaskTask.TASK, run);
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a segmenter with the best weights
     */
    public static Segmenter train(MaskRecipe recipe, Corpus<MaskSplit.Part> corpus, Path folder)
            throws IOException {
        return Runs.train(MaskTask.TASK, recipe, corpus, folder);
    }

    /** Width that frames are scaled to. */
    public int width() {
        return width;
    }

    /** Height that frames are scaled to. */
    public int height() {
        return height;
    }

    /** A mask for each frame, in the video's size; the first is the one given. */
    @Override
    public List<ImageMask> predict(GivenVideo video) {
        List<Image> frames =
                video.frames().stream().map(f -> f.colour().resized(width, height)).toList();
        List<ImageMask> found = masks(model, frames, video.first().resized(width, height));
        List<ImageMask> masks = new ArrayList<>();
        masks.add(video.first());
        for (ImageMask mask : found.subList(1, found.size())) {
            masks.add(mask.resized(video.first().width(), video.first().height()));
        }
        return masks;
    }

    @Override
    public List<List<ImageMask>> predictAll(List<GivenVideo> videos) {
        return videos.stream().map(this::predict).toList();
    }

    @Override
    public List<GivenVideo> examples() {
        Image frame = Image.filled(width, height, Colour.WHITE);
        boolean[] inside = new boolean[width * height];
        Arrays.fill(inside, 0, inside.length / 2, true);
        ImageMask first = new ImageMask(width, height, inside);
        return List.of(new GivenVideo("example", List.of(frame, frame, frame), first));
    }

    /** Frames and the first mask in the network's size give all masks, the first as given. */
    static <S> List<ImageMask> masks(MaskNetwork<S> model, List<Image> frames, ImageMask first) {
        List<ImageMask> masks = new ArrayList<>();
        masks.add(first);
        MaskNetwork.Past<S> past =
                model.begin(
                        ClipTensors.frames(frames.subList(0, 1)),
                        ClipTensors.masks(List.of(first)),
                        Mode.INFERENCE);
        for (Image frame : frames.subList(1, frames.size())) {
            MaskNetwork.Answer<S> answer =
                    model.next(ClipTensors.frames(List.of(frame)), past, Mode.INFERENCE);
            masks.add(ClipTensors.mask(answer.logits()));
            past = answer.past();
        }
        return masks;
    }
}
