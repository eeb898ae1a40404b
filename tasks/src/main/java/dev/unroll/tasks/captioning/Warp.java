package dev.unroll.tasks.captioning;

import static dev.unroll.tasks.captioning.Augmentation.factor;
import static dev.unroll.tasks.captioning.Augmentation.symmetric;

import dev.unroll.formats.image.Image;

/**
 * Where the pixels of a changed image come from: for a place d from the middle of what is moved,
 * from A·d and a wave along each side.
 *
 * @param middleX of the image, in pixels
 * @param middleY of the image, in pixels
 * @param a A, which turns and stretches
 * @param right how far everything is moved, in pixels
 * @param down how far everything is moved, in pixels
 * @param leaning moves pixels of a line to the side
 * @param rolling moves pixels of a column up and down
 */
record Warp(
        double middleX,
        double middleY,
        Matrix a,
        double right,
        double down,
        Wave leaning,
        Wave rolling) {

    /**
     * The matrix [[xx, xy], [yx, yy]].
     *
     * @param xx from across to across
     * @param xy from down to across
     * @param yx from across to down
     * @param yy from down to down
     */
    record Matrix(double xx, double xy, double yx, double yy) {}

    /** height · sin(frequency · place + phase) */
    record Wave(double height, double frequency, double phase) {

        /** Of a quarter to one and a quarter of a period over the side. */
        static Wave drawn(double height, int side, long key, int place) {
            return new Wave(
                    height * symmetric(key, place),
                    Math.PI * (1.5 + symmetric(key, place + 1)) / side,
                    Math.PI * symmetric(key, place + 2));
        }

        double at(int place) {
            return height * Math.sin(frequency * place + phase);
        }
    }

    static Warp drawn(AugmentationRecipe.Geometry most, long key, Image image) {
        int width = image.width();
        int height = image.height();
        double scale = factor(most.scale(), key, 0);
        double stretch = Math.sqrt(factor(most.stretch(), key, 1));
        double angle = Math.toRadians(most.turn()) * symmetric(key, 2);
        double wide = scale * stretch;
        double high = scale / stretch;
        return new Warp(
                (width - 1) / 2.0,
                (height - 1) / 2.0,
                new Matrix(
                        Math.cos(angle) / wide,
                        Math.sin(angle) / wide,
                        -Math.sin(angle) / high,
                        Math.cos(angle) / high),
                most.shift() * width * symmetric(key, 3),
                most.shift() * height * symmetric(key, 4),
                Wave.drawn(most.bend() * width, height, key, 5),
                Wave.drawn(most.bend() * height, width, key, 8));
    }

    /** The changed image; what comes from outside is white. */
    Image of(Image image) {
        float[] values = new float[image.values().length];
        int to = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double dx = x - middleX - right;
                double dy = y - middleY - down;
                double fromX = a.xx() * dx + a.xy() * dy + middleX + leaning.at(y);
                double fromY = a.yx() * dx + a.yy() * dy + middleY + rolling.at(x);
                for (int c = 0; c < image.channels(); c++) {
                    values[to++] = between(image, fromX, fromY, c);
                }
            }
        }
        return new Image(image.width(), image.height(), image.channels(), values);
    }

    /** Interpolated between four pixels. */
    private static float between(Image image, double x, double y, int channel) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float right = (float) (x - left);
        float lower = (float) (y - top);
        return (1 - lower)
                        * ((1 - right) * at(image, left, top, channel)
                                + right * at(image, left + 1, top, channel))
                + lower
                        * ((1 - right) * at(image, left, top + 1, channel)
                                + right * at(image, left + 1, top + 1, channel));
    }

    private static float at(Image image, int x, int y, int channel) {
        return x < 0 || y < 0 || x >= image.width() || y >= image.height()
                ? 1
                : image.at(x, y, channel);
    }
}
