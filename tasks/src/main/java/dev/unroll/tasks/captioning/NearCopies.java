package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds drawings that are nearly the same: what they have of ink, wherever and however large it is
 * drawn, however dark, turned by quarters or mirrored. Each drawing's ink is cut out, scaled to 16
 * x 16 and to length 1; two are near copies if their cosine is at least {@link #ALIKE} one way or
 * another of the eight that a square can be laid on itself.
 */
final class NearCopies {
    /** Of the cosine: an arrow and the same arrow turned have more, a house and a tree less. */
    static final double ALIKE = 0.97;

    private static final int SIDE = 16;
    private static final int PIXELS = SIDE * SIDE;
    private static final int WAYS = 8;

    /** Less ink than this is none. */
    private static final float FAINT = 0.05f;

    private NearCopies() {}

    /** Two drawings, by number, the smaller first. */
    record Pair(int first, int second) {}

    /** All pairs of near copies, in order. */
    static List<Pair> among(List<Image> images) {
        // ‖a − b‖² = 2 − 2·cosine for vectors of length 1
        float most = (float) (2 - 2 * ALIKE);
        List<Turned> all = images.parallelStream().map(Turned::of).toList();
        return IntStream.range(0, all.size())
                .parallel()
                .boxed()
                .flatMap(i -> partners(i, all, most))
                .toList();
    }

    private static Stream<Pair> partners(int i, List<Turned> all, float most) {
        Turned one = all.get(i);
        return IntStream.range(i + 1, all.size())
                .filter(j -> one.liesWithin(all.get(j), most))
                .mapToObj(j -> new Pair(i, j));
    }

    /**
     * A drawing's ink in all eight ways.
     *
     * @param ways [8][pixels]
     * @param mean [pixels / 8], the mean over the eight ways, which no turning changes
     */
    private record Turned(float[][] ways, float[] mean) {

        static Turned of(Image image) {
            float[] ink = ink(image);
            float[][] ways = new float[WAYS][];
            float[] whole = new float[PIXELS];
            for (int way = 0; way < WAYS; way++) {
                ways[way] = turned(ink, way);
                for (int p = 0; p < PIXELS; p++) {
                    whole[p] += ways[way][p] / WAYS;
                }
            }
            return new Turned(ways, eighth(whole));
        }

        /** The mean is a projection, so means never lie further apart than the drawings. */
        boolean liesWithin(Turned other, float most) {
            if (distance(mean, other.mean, most) > most) {
                return false;
            }
            for (int way = 0; way < WAYS; way++) {
                if (distance(ways[0], other.ways[way], most) <= most) {
                    return true;
                }
            }
            return false;
        }
    }

    /** ‖a − b‖², or some number above the most as soon as it is above. */
    private static float distance(float[] a, float[] b, float most) {
        float sum = 0;
        for (int i = 0; i < a.length && sum <= most; i++) {
            float d = a[i] - b[i];
            sum += d * d;
        }
        return sum;
    }

    /** Of a drawing that is the same in all eight ways, one of eight parts, with its weight. */
    private static float[] eighth(float[] whole) {
        float[] part = new float[SIDE / 2 * (SIDE / 2 + 1) / 2];
        int at = 0;
        for (int y = SIDE / 2 - 1; y >= 0; y--) {
            for (int x = y; x < SIDE / 2; x++) {
                double times = x == y ? 4 : 8; // places of the whole that are this one
                part[at++] = (float) (Math.sqrt(times) * whole[y * SIDE + x]);
            }
        }
        return part;
    }

    /** The ink of a drawing on white, cut out, at one size and length. */
    private static float[] ink(Image image) {
        Image cut = cut(image.grey());
        float[] ink = new float[PIXELS];
        Image fitted = cut.fitted(SIDE, SIDE, Colour.WHITE);
        double square = 1e-12;
        for (int i = 0; i < PIXELS; i++) {
            ink[i] = 1 - fitted.values()[i];
            square += ink[i] * ink[i];
        }
        float scale = (float) (1 / Math.sqrt(square));
        for (int i = 0; i < PIXELS; i++) {
            ink[i] *= scale;
        }
        return ink;
    }

    /** Without the white around it; itself if it is all white. */
    private static Image cut(Image grey) {
        int left = grey.width();
        int right = -1;
        int top = grey.height();
        int bottom = -1;
        for (int y = 0; y < grey.height(); y++) {
            for (int x = 0; x < grey.width(); x++) {
                if (1 - grey.at(x, y, 0) > FAINT) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        if (right < 0) {
            return grey;
        }
        int width = right - left + 1;
        int height = bottom - top + 1;
        float[] cut = new float[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(grey.values(), (top + y) * grey.width() + left, cut, y * width, width);
        }
        return new Image(width, height, 1, cut);
    }

    /** One of the eight ways to lay a square on itself. */
    private static float[] turned(float[] ink, int way) {
        float[] turned = new float[PIXELS];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int across = (way & 1) == 0 ? x : SIDE - 1 - x;
                int down = (way & 2) == 0 ? y : SIDE - 1 - y;
                int from = (way & 4) == 0 ? down * SIDE + across : across * SIDE + down;
                turned[y * SIDE + x] = ink[from];
            }
        }
        return turned;
    }
}
