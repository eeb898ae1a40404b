package dev.unroll.formats.image;

/**
 * Scaling with a triangle as wide as a pixel of the coarser grid: growing interpolates linearly,
 * shrinking averages over all pixels that a new one covers, so that nothing is skipped. Along one
 * axis after the other; edges are not blended with anything outside.
 */
final class Scaling {
    private Scaling() {}

    static Image scaled(Image image, int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "scaling to %d x %d pixels: each side is at least 1".formatted(width, height));
        }
        int channels = image.channels();
        float[] across = along(image.values(), image.height(), image.width(), width, channels);
        float[] both = along(across, 1, image.height(), height, width * channels);
        return new Image(width, height, channels, both);
    }

    /** Scales the middle axis of [outer, from, inner] to [outer, to, inner]. */
    private static float[] along(float[] values, int outer, int from, int to, int inner) {
        if (from == to) {
            return values;
        }
        float[] scaled = new float[Math.multiplyExact(Math.multiplyExact(outer, to), inner)];
        double step = (double) from / to;
        double reach = Math.max(1, step);
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * step;
            int first = Math.max(0, (int) Math.floor(centre - reach));
            int end = Math.min(from, (int) Math.ceil(centre + reach));
            double total = 0;
            for (int j = first; j < end; j++) {
                total += weight(j, centre, reach);
            }
            for (int j = first; j < end; j++) {
                float share = (float) (weight(j, centre, reach) / total);
                if (share == 0) {
                    continue;
                }
                for (int o = 0; o < outer; o++) {
                    int source = (o * from + j) * inner;
                    int target = (o * to + i) * inner;
                    for (int c = 0; c < inner; c++) {
                        scaled[target + c] += share * values[source + c];
                    }
                }
            }
        }
        return scaled;
    }

    private static double weight(int pixel, double centre, double reach) {
        return Math.max(0, 1 - Math.abs(pixel + 0.5 - centre) / reach);
    }
}
