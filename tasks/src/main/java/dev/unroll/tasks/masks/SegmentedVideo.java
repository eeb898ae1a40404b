package dev.unroll.tasks.masks;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.formats.video.AnimatedGif;
import dev.unroll.formats.video.Video;
import dev.unroll.tasks.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A video with the masks that a segmenter found, and how they are written.
 *
 * @param video where the frames are
 * @param masks one a frame, in the size that the segmenter works in
 */
public record SegmentedVideo(Video video, List<ImageMask> masks) {
    /** Hundredths of a second that an animation shows each frame. */
    private static final int SHOWN = 8;

    public SegmentedVideo {
        masks = List.copyOf(masks);
    }

    /** Forms in which an overlay is written. */
    public enum Overlay {
        /** Not at all. */
        NONE,
        /** An animation, {@code overlay.gif}. */
        GIF,
        /** An image a frame, {@code overlay-00000.png} and so on. */
        PNG
    }

    /**
     * Asks a segmenter for the masks of a video.
     *
     * @param segmenter is asked for all frames at once
     * @param first the mask of the first frame, of its shape, larger or smaller
     * @param width that the segmenter works in
     * @param height that the segmenter works in
     * @throws IOException if the video cannot be read
     * @throws IllegalArgumentException if nothing is inside the first mask, as given or in the
     *     segmenter's size, or it has another shape than the frames
     */
    public static SegmentedVideo of(
            Predictor<GivenVideo, List<ImageMask>> segmenter,
            Video video,
            ImageMask first,
            int width,
            int height)
            throws IOException {
        ImageMask small = first.resized(width, height);
        if (small.area() == 0) {
            throw new IllegalArgumentException(
                    first.area() == 0
                            ? "the first mask is empty: draw the object to follow in white"
                            : "the object of the first mask is too small: nothing of it is left at"
                                    + " the %d x %d pixels that this run looks at"
                                            .formatted(width, height));
        }
        List<Image> frames = new ArrayList<>();
        video.read(
                frame -> {
                    if (frames.isEmpty()) {
                        first.requireShapeOf(frame, "the first mask");
                    }
                    frames.add(frame.resized(width, height));
                });
        GivenVideo given = new GivenVideo(video.place().toString(), frames, small);
        return new SegmentedVideo(video, segmenter.predict(given));
    }

    /**
     * Writes {@code mask-00000.png} and so on, white inside, and an overlay, in the video's own
     * size.
     *
     * @param folder is made if it is not there; files of these names are replaced
     * @return the files
     * @throws IOException if one cannot be written
     */
    public List<Path> write(Path folder, Overlay overlay) throws IOException {
        Files.createDirectories(folder);
        return switch (overlay) {
            case NONE -> masks(folder, (i, shown) -> {});
            case PNG -> {
                List<Path> overlays = new ArrayList<>();
                List<Path> files =
                        masks(
                                folder,
                                (i, shown) -> {
                                    Path file = folder.resolve(name("overlay", i));
                                    ImageFile.write(file, shown);
                                    overlays.add(file);
                                });
                files.addAll(overlays);
                yield files;
            }
            case GIF -> {
                Path file = folder.resolve("overlay.gif");
                try (AnimatedGif gif = new AnimatedGif(file, SHOWN)) {
                    List<Path> files = masks(folder, (i, shown) -> gif.add(shown));
                    files.add(file);
                    yield files;
                }
            }
        };
    }

    /** The name of a frame's file, in the same digits everywhere. */
    private static String name(String what, int frame) {
        return String.format(Locale.ROOT, "%s-%05d.png", what, frame);
    }

    /** Receives the overlay of each frame. */
    @FunctionalInterface
    private interface OverlayReader {
        void accept(int number, Image overlay) throws IOException;
    }

    private List<Path> masks(Path folder, OverlayReader overlays) throws IOException {
        List<Path> files = new ArrayList<>();
        video.read(
                frame -> {
                    int i = files.size();
                    ImageMask mask = masks.get(i).resized(frame.width(), frame.height());
                    Path file = folder.resolve(name("mask", i));
                    ImageFile.write(file, mask.image());
                    files.add(file);
                    overlays.accept(i, MaskOverlay.over(frame, mask));
                });
        return files;
    }
}
