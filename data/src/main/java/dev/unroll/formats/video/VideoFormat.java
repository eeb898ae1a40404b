package dev.unroll.formats.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads video files of some formats. Found by {@link java.util.ServiceLoader}, so that whoever
 * needs no video files needs no library for them.
 */
public interface VideoFormat {

    /**
     * {@return the endings of the files it reads, in lower case and without dot, such as {@code
     * mp4}}
     */
    List<String> endings();

    /**
     * {@return the program or the library that reads, with its version, in a line for people; it
     * says why it is this one if another could read more}
     */
    String reader();

    /**
     * Shows all frames, in the order of their times, in colour, in the video's own size.
     *
     * @param file of the video
     * @param limits how large it may be
     * @param each takes one frame after another
     * @throws VideoException if it is no such video, damaged, cut off, or larger than the limits
     * @throws IOException what the reader of the frames throws
     */
    void read(Path file, VideoLimits limits, FrameReader each) throws IOException;
}
