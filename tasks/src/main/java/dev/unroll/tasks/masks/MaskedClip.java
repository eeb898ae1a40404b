package dev.unroll.tasks.masks;

import dev.unroll.data.table.MaskedVideo;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageMask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames that follow each other, with their masks, all of one size.
 *
 * @param name for people
 * @param frames in colour, at least 2
 * @param masks as many; the first is given to whoever predicts the others
 */
public record MaskedClip(String name, List<Image> frames, List<ImageMask> masks) {

    public MaskedClip {
        frames = List.copyOf(frames);
        masks = List.copyOf(masks);
        if (frames.size() < 2 || frames.size() != masks.size()) {
            throw new IllegalArgumentException(
                    "clip %s: %d frames and %d masks; at least 2, and as many, are needed"
                            .formatted(name, frames.size(), masks.size()));
        }
        int width = frames.getFirst().width();
        int height = frames.getFirst().height();
        if (frames.stream().anyMatch(f -> f.width() != width || f.height() != height)
                || masks.stream().anyMatch(m -> m.width() != width || m.height() != height)) {
            throw new IllegalArgumentException(
                    "clip %s: not all of its frames and masks are %d x %d pixels like the first"
                            .formatted(name, width, height));
        }
    }

    /**
     * A part of a video, scaled.
     *
     * @param from its first frame
     * @param to the frame after its last
     * @throws IOException if an image cannot be read, or is no mask ({@link ImageMask#read})
     * @throws IllegalArgumentException if a mask has another shape than its frame
     */
    public static MaskedClip read(MaskedVideo video, int from, int to, int width, int height)
            throws IOException {
        List<Image> frames = new ArrayList<>();
        List<ImageMask> masks = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Image frame = ImageFile.read(video.frames().get(i));
            ImageMask mask = ImageMask.read(video.masks().get(i));
            mask.requireShapeOf(frame, video.masks().get(i).toString());
            frames.add(frame.resized(width, height));
            masks.add(mask.resized(width, height));
        }
        return new MaskedClip(video.name(), frames, masks);
    }

    /** {@return true if the object is in none of the frames} */
    boolean isEmpty() {
        return masks.stream().allMatch(mask -> mask.area() == 0);
    }

    /** The number of frames. */
    public int size() {
        return frames.size();
    }
}
