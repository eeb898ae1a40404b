package dev.unroll.tasks.frames;

/**
 * The numbers of a video's frames, such as joints or pixels. Not to be changed once made.
 *
 * @param name for people
 * @param rows [frames, columns]; one frame or more, all of them finite
 */
public record FrameRows(String name, float[][] rows) {

    public FrameRows {
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException(
                    "video %s: at least one frame of at least one number is needed"
                            .formatted(name));
        }
        for (int frame = 0; frame < rows.length; frame++) {
            if (rows[frame].length != rows[0].length) {
                throw new IllegalArgumentException(
                        "video %s: frame %d has %d numbers, and the first has %d"
                                .formatted(name, frame, rows[frame].length, rows[0].length));
            }
            for (float value : rows[frame]) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "video %s: frame %d has the number %s; only finite ones are allowed"
                                    .formatted(name, frame, value));
                }
            }
        }
    }

    /** The number of frames. */
    public int frames() {
        return rows.length;
    }

    /** Numbers of a frame. */
    public int columns() {
        return rows[0].length;
    }
}
