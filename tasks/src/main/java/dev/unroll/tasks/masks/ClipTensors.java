package dev.unroll.tasks.masks;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.tensor.Tensor;
import java.util.List;

/** Images and masks as a network takes them: colours from −2 to 2, masks 0 or 1. */
final class ClipTensors {
    private ClipTensors() {}

    /** {@return [batch, height, width, 3], colours from 0 to 1 scaled to a mean near 0: −2 to 2} */
    static Tensor frames(List<Image> images) {
        int size = images.getFirst().values().length;
        float[] values = new float[images.size() * size];
        for (int b = 0; b < images.size(); b++) {
            float[] image = images.get(b).values();
            for (int i = 0; i < size; i++) {
                values[b * size + i] = 4 * image[i] - 2;
            }
        }
        Image first = images.getFirst();
        return Tensor.of(values, images.size(), first.height(), first.width(), 3);
    }

    /** [batch, height, width, 1]. */
    static Tensor masks(List<ImageMask> masks) {
        ImageMask first = masks.getFirst();
        int size = first.inside().length;
        float[] values = new float[masks.size() * size];
        for (int b = 0; b < masks.size(); b++) {
            for (int i = 0; i < size; i++) {
                values[b * size + i] = masks.get(b).inside()[i] ? 1 : 0;
            }
        }
        return Tensor.of(values, masks.size(), first.height(), first.width(), 1);
    }

    /** Where a logit is above 0. */
    static ImageMask mask(Tensor logits) {
        float[] values = logits.toArray();
        boolean[] inside = new boolean[values.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = values[i] > 0;
        }
        return new ImageMask(logits.dim(2), logits.dim(1), inside);
    }
}
