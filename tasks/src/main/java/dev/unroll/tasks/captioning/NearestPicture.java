package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Picture;
import java.util.List;

/**
 * What a captioner is measured against: a picture gets the (first) caption of the learnt picture
 * whose pixels lie nearest (squared distance).
 *
 * @param learnt all of one size
 */
record NearestPicture(List<CaptionedPicture> learnt) {

    /** Captions of pictures of the same size. */
    List<String> captions(List<Picture> pictures) {
        return pictures.parallelStream().map(this::caption).toList();
    }

    private String caption(Picture picture) {
        String best = "";
        float least = Float.POSITIVE_INFINITY;
        for (CaptionedPicture other : learnt) {
            float distance = distance(picture.values(), other.picture().values(), least);
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
