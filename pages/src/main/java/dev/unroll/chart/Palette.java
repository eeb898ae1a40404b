package dev.unroll.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Stroke;
import java.util.List;

/**
 * Colours that people with any kind of colour blindness can tell apart (Okabe and Ito 2008,
 * darkened until they can be read as text), and dashes that tell lines apart without colours. Each
 * colour has a twin for dark pages.
 */
final class Palette {

    /**
     * A colour.
     *
     * @param name of the CSS variable
     * @param light on a light page; the colour by which it is drawn
     * @param dark on a dark page
     */
    record Shade(String name, int light, int dark) {

        Color color() {
            return new Color(light);
        }
    }

    static final Shade INK = new Shade("ink", 0x222426, 0xE4E6E8);
    static final Shade QUIET = new Shade("quiet", 0x5E6468, 0xA4AAB0);
    static final Shade GRID = new Shade("grid", 0xDDE0E3, 0x3A3F45);

    static final List<Shade> SERIES =
            List.of(
                    new Shade("s1", 0x0068A5, 0x5BB6F0),
                    new Shade("s2", 0xC04E00, 0xFF9557),
                    new Shade("s3", 0x00785A, 0x35D0A2),
                    new Shade("s4", 0xA23F7F, 0xE79CC9),
                    new Shade("s5", 0x8A6100, 0xEDB52F),
                    new Shade("s6", 0x5046B8, 0xA9A2FF),
                    new Shade("s7", 0x32363A, 0xC8CCD0),
                    new Shade("s8", 0x9B1C31, 0xFF8FA0));

    private static final float[][] DASHES = {
        {1}, {7, 3}, {2, 3}, {10, 3, 2, 3}, {5, 5}, {12, 4}, {1, 4}, {8, 2, 1, 2, 1, 2}
    };

    private Palette() {}

    static Stroke stroke(int series) {
        float[] dash = DASHES[series];
        return dash.length == 1
                ? new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
    }

    /** Rules that give each variable its colour, in a light and in a dark page. */
    static String css() {
        return ":root{%s}@media(prefers-color-scheme:dark){:root{%s}}"
                .formatted(declarations(false), declarations(true));
    }

    private static String declarations(boolean dark) {
        StringBuilder css = new StringBuilder();
        for (Shade shade : all()) {
            css.append("--%s:#%06x;".formatted(shade.name(), dark ? shade.dark() : shade.light()));
        }
        return css.toString();
    }

    static List<Shade> all() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(INK, QUIET, GRID), SERIES.stream())
                .toList();
    }
}
