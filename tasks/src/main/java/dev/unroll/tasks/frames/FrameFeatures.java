package dev.unroll.tasks.frames;

import java.util.Arrays;

/**
 * The features of a frame. Motion is given by the difference between the frames so many after and
 * before, as far as the video goes.
 */
final class FrameFeatures {
    private static final int[] LAGS = {1, 3, 6};

    /** Of the gesture phases: where in a frame x, y and z of a joint are. */
    private static final int[] HANDS_AND_WRISTS = {0, 3, 12, 15};

    private static final int HEAD = 6;
    private static final int SPINE = 9;
    private static final int JOINT_COLUMNS = 18;

    private FrameFeatures() {}

    /**
     * The features of a video's frames.
     *
     * @return [frames, features]
     * @throws IllegalArgumentException if its columns are not those that the features are made of
     */
    static float[][] of(FrameData.Features kind, FrameRows video) {
        return switch (kind) {
            case AS_GIVEN -> video.rows();
            case WITH_MOTION -> joined(video.rows(), motion(video.rows(), video.columns(), false));
            case JOINTS -> {
                if (video.columns() != JOINT_COLUMNS) {
                    throw new IllegalArgumentException(
                            "video %s: %d columns; joints are %d, x, y and z of left hand, right"
                                            .formatted(video.name(), video.columns(), JOINT_COLUMNS)
                                    + " hand, head, spine, left wrist and right wrist");
                }
                float[][] body = fromSpine(video.rows());
                yield joined(body, motion(body, 3 * HANDS_AND_WRISTS.length, true));
            }
        };
    }

    /** Hands, wrists and head from the spine, in mean lengths from there to the head. */
    private static float[][] fromSpine(float[][] rows) {
        double length = 0;
        for (float[] row : rows) {
            length += distance(row, HEAD, SPINE) / rows.length;
        }
        float scale = length > 0 ? (float) (1 / length) : 1;
        float[][] body = new float[rows.length][3 * (HANDS_AND_WRISTS.length + 1)];
        for (int t = 0; t < rows.length; t++) {
            for (int axis = 0; axis < 3; axis++) {
                float spine = rows[t][SPINE + axis];
                for (int k = 0; k < HANDS_AND_WRISTS.length; k++) {
                    body[t][3 * k + axis] = (rows[t][HANDS_AND_WRISTS[k] + axis] - spine) * scale;
                }
                body[t][3 * HANDS_AND_WRISTS.length + axis] =
                        (rows[t][HEAD + axis] - spine) * scale;
            }
        }
        return body;
    }

    private static double distance(float[] row, int joint, int other) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double d = row[joint + axis] - row[other + axis];
            sum += d * d;
        }
        return Math.sqrt(sum);
    }

    /** Of the first columns; with the length of each three of them, if they are points. */
    private static float[][] motion(float[][] rows, int columns, boolean points) {
        int each = columns + (points ? columns / 3 : 0);
        float[][] motion = new float[rows.length][LAGS.length * each];
        for (int t = 0; t < rows.length; t++) {
            int at = 0;
            for (int lag : LAGS) {
                float[] before = rows[Math.max(0, t - lag)];
                float[] after = rows[Math.min(rows.length - 1, t + lag)];
                double square = 0;
                for (int c = 0; c < columns; c++) {
                    float change = after[c] - before[c];
                    motion[t][at++] = change;
                    square += change * change;
                    if (points && c % 3 == 2) {
                        motion[t][at++] = (float) Math.sqrt(square);
                        square = 0;
                    }
                }
            }
        }
        return motion;
    }

    private static float[][] joined(float[][] left, float[][] right) {
        float[][] joined = new float[left.length][];
        for (int t = 0; t < left.length; t++) {
            joined[t] = Arrays.copyOf(left[t], left[t].length + right[t].length);
            System.arraycopy(right[t], 0, joined[t], left[t].length, right[t].length);
        }
        return joined;
    }
}
