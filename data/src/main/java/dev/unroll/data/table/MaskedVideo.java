package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.formats.image.PictureFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A video as pictures, each with a picture of the same shape that shows what is in the foreground.
 *
 * @param name of the sequence
 * @param frames picture files, in order
 * @param masks picture files, as many; black is background, white the object
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
     * The pictures of two folders: a frame and its mask have the same name, but for the ending.
     *
     * @throws IOException if a folder cannot be listed, has no picture, or a frame has no mask or a
     *     mask no frame
     */
    public static MaskedVideo of(String name, Path frameFolder, Path maskFolder)
            throws IOException {
        List<Path> frames = PictureFolder.pictures(frameFolder);
        List<Path> masks = PictureFolder.pictures(maskFolder);
        List<String> frameNames = frames.stream().map(PictureFolder::stem).toList();
        List<String> maskNames = masks.stream().map(PictureFolder::stem).toList();
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
                                    PictureFolder.some(lonely),
                                    PictureFolder.some(extra)));
        }
        return new MaskedVideo(name, frames, masks);
    }
}
