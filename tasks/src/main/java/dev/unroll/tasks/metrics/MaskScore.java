package dev.unroll.tasks.metrics;

import dev.unroll.formats.image.ImageMask;
import java.util.List;

/**
 * Metrics of masks, the two measures of DAVIS (Perazzi et al. 2016, "A Benchmark Dataset and
 * Evaluation Methodology for Video Object Segmentation", section 4).
 *
 * @param region J, the pixels in both masks as a part of those in either, 0 to 1; 1 if both are
 *     empty
 * @param boundary F, the F1 of the pixels on the masks' outlines, 0 to 1, where a pixel is right if
 *     the other outline passes within {@link #TOLERANCE} of the image's diagonal; 1 if both masks
 *     have no outline
 */
public record MaskScore(double region, double boundary) {

    /** The distance that outlines may have, as a part of the image's diagonal. */
    public static final double TOLERANCE = 0.008;

    /**
     * Measures one predicted mask.
     *
     * @param truth the right mask
     * @param predicted a mask of the same size
     * @return its measures
     * @throws IllegalArgumentException if the masks' sizes differ
     */
    public static MaskScore of(ImageMask truth, ImageMask predicted) {
        if (truth.width() != predicted.width() || truth.height() != predicted.height()) {
            throw new IllegalArgumentException(
                    "MaskScore: masks of %d x %d and %d x %d pixels cannot be compared"
                            .formatted(
                                    truth.width(),
                                    truth.height(),
                                    predicted.width(),
                                    predicted.height()));
        }
        return new MaskScore(region(truth, predicted), boundary(truth, predicted));
    }

    /**
     * Averages each measure over several masks.
     *
     * @param scores of the masks
     * @return the mean of each measure
     * @throws IllegalArgumentException if there are none
     */
    public static MaskScore mean(List<MaskScore> scores) {
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("MaskScore: the mean of no scores");
        }
        return new MaskScore(
                scores.stream().mapToDouble(MaskScore::region).average().orElseThrow(),
                scores.stream().mapToDouble(MaskScore::boundary).average().orElseThrow());
    }

    private static double region(ImageMask truth, ImageMask predicted) {
        int both = 0;
        int either = 0;
        for (int i = 0; i < truth.inside().length; i++) {
            both += truth.inside()[i] && predicted.inside()[i] ? 1 : 0;
            either += truth.inside()[i] || predicted.inside()[i] ? 1 : 0;
        }
        return either == 0 ? 1 : (double) both / either;
    }

    private static double boundary(ImageMask truth, ImageMask predicted) {
        ImageMask right = outline(truth);
        ImageMask guessed = outline(predicted);
        int rightPixels = right.area();
        int guessedPixels = guessed.area();
        if (rightPixels == 0 || guessedPixels == 0) {
            return rightPixels == guessedPixels ? 1 : 0;
        }
        int reach = (int) Math.ceil(TOLERANCE * Math.hypot(truth.width(), truth.height()));
        double precision = (double) near(guessed, right, reach) / guessedPixels;
        double recall = (double) near(right, guessed, reach) / rightPixels;
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /** A pixel is on the outline if its neighbour to the right, below or both is otherwise. */
    private static ImageMask outline(ImageMask mask) {
        int width = mask.width();
        int height = mask.height();
        boolean[] edge = new boolean[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean in = mask.at(x, y);
                int right = Math.min(x + 1, width - 1);
                int below = Math.min(y + 1, height - 1);
                edge[y * width + x] =
                        in != mask.at(right, y)
                                || in != mask.at(x, below)
                                || in != mask.at(right, below);
            }
        }
        return new ImageMask(width, height, edge);
    }

    /** {@return the number of pixels of one outline with one of the other in a disk around them} */
    private static int near(ImageMask outline, ImageMask other, int reach) {
        int count = 0;
        for (int y = 0; y < outline.height(); y++) {
            for (int x = 0; x < outline.width(); x++) {
                count += outline.at(x, y) && touches(other, x, y, reach) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean touches(ImageMask mask, int x, int y, int reach) {
        for (int v = Math.max(0, y - reach); v <= Math.min(mask.height() - 1, y + reach); v++) {
            for (int u = Math.max(0, x - reach); u <= Math.min(mask.width() - 1, x + reach); u++) {
                if ((u - x) * (u - x) + (v - y) * (v - y) <= reach * reach && mask.at(u, v)) {
                    return true;
                }
            }
        }
        return false;
    }
}
