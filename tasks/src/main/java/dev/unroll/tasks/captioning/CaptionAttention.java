package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import java.util.List;

/**
 * Where a model looked at an image for each word (Xu et al. 2015, figure 2).
 *
 * @param image as the model saw it
 * @param words in order
 */
public record CaptionAttention(Image image, List<Word> words) {
    /** Pixels of a panel's side. */
    private static final int PANEL = 128;

    private static final int GAP = 8;

    /**
     * A word.
     *
     * @param text the word
     * @param weights [cells], of a square grid row by row; they sum to 1
     */
    public record Word(String text, float[] weights) {}

    /**
     * The image once as it is, and then once for each word from left to right, in full where the
     * model looked and pale where it did not.
     */
    public Image drawn() {
        Image large = image.colour().resized(PANEL, PANEL);
        int panels = words.size() + 1;
        int width = panels * (PANEL + GAP) - GAP;
        float[] values = Image.filled(width, PANEL, Colour.WHITE).values();
        for (int p = 0; p < panels; p++) {
            Image shown = p == 0 ? null : light(words.get(p - 1).weights());
            for (int y = 0; y < PANEL; y++) {
                for (int x = 0; x < PANEL; x++) {
                    float light = shown == null ? 1 : 0.12f + 0.88f * shown.at(x, y, 0);
                    for (int c = 0; c < 3; c++) {
                        values[(y * width + p * (PANEL + GAP) + x) * 3 + c] =
                                1 - light * (1 - large.at(x, y, c)) - (1 - light) * 0.1f;
                    }
                }
            }
        }
        return new Image(width, PANEL, 3, values);
    }

    /** The weights of a word over the panel, the largest 1. */
    private static Image light(float[] weights) {
        int side = (int) Math.round(Math.sqrt(weights.length));
        float largest = 0;
        for (float weight : weights) {
            largest = Math.max(largest, weight);
        }
        float[] values = new float[weights.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = weights[i] / largest;
        }
        return new Image(side, side, 1, values).resized(PANEL, PANEL);
    }
}
