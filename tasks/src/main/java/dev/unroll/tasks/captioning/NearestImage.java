package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Image;
import java.util.List;

/**
 * The baseline of a captioner: an image gets the (first) caption of the training image whose pixels
 * lie nearest (squared distance).
 *
 * @param learnt all of one size
 */
record NearestImage(List<CaptionedImage> learnt) {

    /** Captions of images of the same size. */
    List<String> captions(List<Image> images) {
        return images.parallelStream().map(this::caption).toList();
    }

    private String caption(Image image) {
        String best = "";
        float least = Float.POSITIVE_INFINITY;
        for (CaptionedImage other : learnt) {
            float distance = distance(image.values(), other.image().values(), least);
            if (distance < least) {
                least = distance;
                best = other.captions().getFirst();
            }
        }
        return best;
    }

    /** Stops a row after it is above the most. */
    private static float distance(float[] a, float[] b, float most) {
        float sum = 0;
        for (int from = 0; from < a.length && sum < most; from += 256) {
            for (int i = from; i < Math.min(a.length, from + 256); i++) {
                float d = a[i] - b[i];
                sum += d * d;
            }
        }
        return sum;
    }
}
