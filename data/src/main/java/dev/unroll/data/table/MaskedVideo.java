package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.formats.image.ImageFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A video as images, each with an image of the same shape that shows what is in the foreground.
 *
 * @param name of the sequence
 * @param frames image files, in order
 * @param masks image files, as many; black is background, white the object
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

    /**
     * The images of two folders: a frame and its mask have the same name, but for the ending.
     *
     * @throws IOException if a folder cannot be listed, has no image, or a frame has no mask or a
     *     mask no frame
     */
    public static MaskedVideo of(String name, Path frameFolder, Path maskFolder)
            throws IOException {
        List<Path> frames = ImageFolder.images(frameFolder);
        List<Path> masks = ImageFolder.images(maskFolder);
        List<String> frameNames = frames.stream().map(ImageFolder::stem).toList();
        List<String> maskNames = masks.stream().map(ImageFolder::stem).toList();
        if (!frameNames.equals(maskNames)) {
            List<String> lonely = new ArrayList<>(frameNames);
            lonely.removeAll(maskNames);
            List<String> extra = new ArrayList<>(maskNames);
            extra.removeAll(frameNames);
            throw new DataException(
                    "%s has %d frames and %s %d masks: no mask for %s, no frame for %s"
                            .formatted(
                                    frameFolder,
                                    frames.size(),
                                    maskFolder,
                                    masks.size(),
                                    ImageFolder.some(lonely),
                                    ImageFolder.some(extra)));
        }
        return new MaskedVideo(name, frames, masks);
    }
}
