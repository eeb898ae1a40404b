package dev.unroll.formats.video;

import java.time.Duration;

/**
 * Limits of the size of a video, checked before much is decoded, since a small file can claim any
 * size.
 *
 * @param bytes of the file
 * @param frames how many
 * @param pixels of a frame, width times height
 * @param decoding how long the frames of a file may take to be decoded; what is done with them does
 *     not count
 */
public record VideoLimits(long bytes, int frames, long pixels, Duration decoding) {

    /** 4 GiB, 20,000 frames (11 minutes at 30 a second), 9 million pixels (4K), an hour. */
    public static final VideoLimits STANDARD =
            new VideoLimits(4L << 30, 20_000, 9_000_000, Duration.ofHours(1));

    /** Checks that each limit is at least 1, or longer than no time. */
    public VideoLimits {
        if (bytes < 1 || frames < 1 || pixels < 1) {
            throw new IllegalArgumentException(
                    "limits of videos are at least 1: bytes %d, frames %d, pixels %d"
                            .formatted(bytes, frames, pixels));
        }
        if (!decoding.isPositive()) {
            throw new IllegalArgumentException(
                    "a video may take some time to be decoded, not " + decoding);
        }
    }

    /**
     * Refuses a file of too many bytes, or none.
     *
     * @param name of the file, for the message
     * @param actual bytes of the file
     * @throws VideoException if there are none, or more than the limit
     */
    public void requireBytes(String name, long actual) throws VideoException {
        if (actual == 0) {
            throw new VideoException(name + ": is empty; give a video");
        }
        if (actual > bytes) {
            throw new VideoException(
                    "%s: has %,d bytes, and at most %,d are read; cut or compress it"
                            .formatted(name, actual, bytes));
        }
    }

    /**
     * Refuses frames of too many pixels, or none.
     *
     * @param name of the file, for the message
     * @param width of the frames in pixels
     * @param height of the frames in pixels
     * @throws VideoException if there are no pixels, or more than the limit
     */
    public void requireSize(String name, long width, long height) throws VideoException {
        if (width < 1 || height < 1 || width > pixels || height > pixels) {
            throw new VideoException(
                    "%s: claims frames of %,d x %,d pixels, so it is damaged; save it again"
                            .formatted(name, width, height));
        }
        if (width * height > pixels) {
            throw new VideoException(
                    "%s: has frames of %,d x %,d pixels, and at most %,d in all are read; scale it"
                                    .formatted(name, width, height, pixels)
                            + " down first");
        }
    }

    /**
     * Refuses more frames than the limit.
     *
     * @param name of the file, for the message
     * @param actual the number of frames
     * @throws VideoException if there are more frames than the limit
     */
    public void requireFrames(String name, long actual) throws VideoException {
        if (actual > frames) {
            throw new VideoException(
                    "%s: has more than %,d frames; cut it, or take every second frame"
                            .formatted(name, frames));
        }
    }
}
