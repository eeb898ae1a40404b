package dev.unroll.tasks.data;

import java.nio.file.Path;
import java.util.List;

/**
 * A video as pictures, each with a picture of the same size that shows what is in the foreground.
 *
 * @param name of the sequence
 * @param frames picture files, in order
 * @param masks picture files, as many; black is background
 */
public record MaskedVideo(String name, List<Path> frames, List<Path> masks) {
    public MaskedVideo {
        frames = List.copyOf(frames);
        masks = List.copyOf(masks);
        if (frames.isEmpty() || frames.size() != masks.size()) {
            throw new IllegalArgumentException(
                    "video %s: %d frames with %d masks: one or more frames, and a mask for each"
                            .formatted(name, frames.size(), masks.size()));
        }
    }
}
