package dev.unroll.tasks.masks;

import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.tasks.recipe.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Made videos: two squares of one colour move, and the first mask says which is meant. */
public record MovingSquares(Path folder) {
    static final int VIDEOS = 6;
    static final int FRAMES = 14;
    static final int WIDTH = 40;
    static final int HEIGHT = 32;
    public static final DataFiles NO_FILES = DataFiles.standard(ProgressListener.SILENT);

    private static final int SIDE = 10;

    /** Frames and masks, in folders of these names. */
    public static MovingSquares in(Path folder) throws IOException {
        MovingSquares videos = new MovingSquares(folder);
        for (int video = 0; video < VIDEOS; video++) {
            for (int t = 0; t < FRAMES; t++) {
                videos.write("frames", video, t, frame(video, t));
                videos.write("masks", video, t, mask(video, t).image());
            }
        }
        return videos;
    }

    /** Takes frames away from the end, with their masks. */
    void cut(int video, int to) throws IOException {
        for (int t = to; t < FRAMES; t++) {
            for (String kind : List.of("frames", "masks")) {
                Files.delete(folder.resolve("%s/video-%d/%05d.png".formatted(kind, video, t)));
            }
        }
    }

    void write(String kind, int video, int t, Image image) throws IOException {
        Path file = folder.resolve("%s/video-%d/%05d.png".formatted(kind, video, t));
        Files.createDirectories(file.getParent());
        ImageFile.write(file, image);
    }

    private static int x(int video, int t) {
        return 2 + t + video;
    }

    private static int y(int video) {
        return 1 + video;
    }

    /** Two squares that move apart from each other, one above, one below. */
    static Image frame(int video, int t) {
        float[] values = Image.filled(WIDTH, HEIGHT, Colour.WHITE).values().clone();
        square(values, x(video, t), y(video));
        square(values, WIDTH - SIDE - x(video, t), y(video) + SIDE + 3);
        return new Image(WIDTH, HEIGHT, 3, values);
    }

    private static void square(float[] values, int left, int top) {
        for (int v = top; v < Math.min(HEIGHT, top + SIDE); v++) {
            for (int u = Math.max(0, left); u < Math.min(WIDTH, left + SIDE); u++) {
                values[3 * (v * WIDTH + u) + 1] = 0;
                values[3 * (v * WIDTH + u) + 2] = 0;
            }
        }
    }

    static ImageMask mask(int video, int t) {
        boolean[] inside = new boolean[WIDTH * HEIGHT];
        for (int v = y(video); v < y(video) + SIDE; v++) {
            for (int u = x(video, t); u < Math.min(WIDTH, x(video, t) + SIDE); u++) {
                inside[v * WIDTH + u] = true;
            }
        }
        return new ImageMask(WIDTH, HEIGHT, inside);
    }

    public static GivenVideo given(int video) {
        List<Image> frames = new ArrayList<>();
        for (int t = 0; t < FRAMES; t++) {
            frames.add(frame(video, t));
        }
        return new GivenVideo("video " + video, frames, mask(video, 0));
    }

    public MaskRecipe recipe(String kind, String... changes) {
        String yaml =
                """
                task: segment-masks
                data:
                  frames: '%s'
                  masks: '%s'
                  heldOut: [video-3]
                  width: 40
                  height: 32
                  length: 3
                  batch: 4
                  batches: 25
                channels: 8
                model: {kind: %s}
                training: {epochs: 4, learningRate: 0.005, validation: {monitor: jaccard}, schedule: {kind: cosine}}
                """
                        .formatted(folder.resolve("frames"), folder.resolve("masks"), kind);
        return RecipeFile.parse(MaskRecipe.class, yaml, changes);
    }
}
