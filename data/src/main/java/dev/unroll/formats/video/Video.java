package dev.unroll.formats.video;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageFolder;
import dev.unroll.services.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The frames of a video, from the first to the last, as often as asked. No more of them is kept in
 * memory than the reader keeps.
 */
public interface Video {

    /** {@return the folder or the file} */
    Path place();

    /**
     * Shows all frames, in colour.
     *
     * @param each takes one frame after another
     * @throws IOException if one cannot be read, or their sizes differ
     */
    void read(FrameReader each) throws IOException;

    /**
     * A video in a folder of images or in a file.
     *
     * @param place a folder or a file
     * @return the video
     * @throws VideoException if it is neither, or no installed library reads such files
     */
    static Video of(Path place) throws IOException {
        return of(place, VideoLimits.STANDARD);
    }

    /**
     * Opens a video in a folder of images or in a file, with limits of one's own.
     *
     * @param place a folder or a file
     * @param limits how large a video file may be
     * @return the video
     * @throws IOException if it is neither, or no installed library reads such files
     */
    static Video of(Path place, VideoLimits limits) throws IOException {
        if (Files.isDirectory(place)) {
            List<Path> images = ImageFolder.images(place);
            limits.requireFrames(place.toString(), images.size());
            return new OfImages(place, images);
        }
        if (!Files.isRegularFile(place)) {
            throw new VideoException(
                    place
                            + ": there is no such folder or file; give a folder of images or a"
                            + " video file");
        }
        limits.requireBytes(place.toString(), Files.size(place));
        String name = place.toString().toLowerCase(Locale.ROOT);
        List<String> known = new ArrayList<>();
        for (VideoFormat format : formats()) {
            if (format.endings().stream().anyMatch(ending -> name.endsWith("." + ending))) {
                return new OfFile(place, format, limits);
            }
            known.addAll(format.endings());
        }
        throw new VideoException(
                "%s: its ending tells no kind of video that is read (%s); convert it, or unpack its"
                                .formatted(place, known.isEmpty() ? "none" : known)
                        + " frames into a folder of PNG or JPEG images and give that");
    }

    /**
     * {@return what reads video files here; empty without a module such as {@code unroll-video}}
     */
    static List<VideoFormat> formats() {
        return List.copyOf(
                Services.<VideoFormat>byName(
                                VideoFormat.class, f -> f.getClass().getName(), List.of())
                        .values());
    }

    /**
     * {@return all frames, scaled; only for videos that fit into memory}
     *
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     * @throws IOException if a frame cannot be read
     */
    default List<Image> scaled(int width, int height) throws IOException {
        List<Image> frames = new ArrayList<>();
        read(frame -> frames.add(frame.resized(width, height)));
        return frames;
    }

    /**
     * A folder of images.
     *
     * @param place the folder
     * @param images their files, in order
     */
    record OfImages(Path place, List<Path> images) implements Video {
        /** Copies the list. */
        public OfImages {
            images = List.copyOf(images);
        }

        @Override
        public void read(FrameReader each) throws IOException {
            SameSize sizes = new SameSize();
            for (Path image : images) {
                Image frame = ImageFile.read(image);
                sizes.require(image, frame);
                each.accept(frame);
            }
        }
    }

    /**
     * A video file.
     *
     * @param place the file
     * @param format what reads it
     * @param limits how large it may be
     */
    record OfFile(Path place, VideoFormat format, VideoLimits limits) implements Video {
        @Override
        public void read(FrameReader each) throws IOException {
            SameSize sizes = new SameSize();
            format.read(
                    place,
                    limits,
                    frame -> {
                        sizes.require(place, frame);
                        each.accept(frame);
                    });
        }
    }
}
