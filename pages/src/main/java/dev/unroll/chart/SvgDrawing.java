package dev.unroll.chart;

import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jfree.svg.SVGGraphics2D;

/**
 * Draws charts as SVG. A drawing has no background, its text is text, its colours are CSS variables
 * that follow the reader's light or dark page, and a reader who cannot see it is told its title.
 */
public final class SvgDrawing {
    private SvgDrawing() {}

    /** Clips that hide nothing, whose names would differ from drawing to drawing. */
    private static final Pattern UNUSED =
            Pattern.compile(
                    " clip-path='[^']*'|<clipPath.*?</clipPath>|<defs>\\s*</defs>", Pattern.DOTALL);

    /** How wide a drawing is, in CSS pixels at its natural size. */
    public enum Width {
        /** For a page on a screen. */
        WIDE(720),
        /** For a phone: the text is as large, and what is around it narrower. */
        NARROW(360);

        private final int pixels;

        Width(int pixels) {
            this.pixels = pixels;
        }
    }

    /**
     * {@return an SVG element with its own styles, which can be a file or part of a page}
     *
     * @throws IllegalStateException if Java finds no fonts on this machine
     */
    public static String of(Chart chart, Width width) {
        int height = height(chart, width.pixels);
        SVGGraphics2D graphics = new SVGGraphics2D(width.pixels, height);
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setFontFunction(family -> "system-ui,-apple-system,Segoe UI,Roboto,sans-serif");
        graphics.setGeomDoubleConverter(v -> Double.toString(Math.round(v * 10) / 10.0));
        Rectangle2D area = new Rectangle2D.Double(0, 0, width.pixels, height);
        try {
            switch (chart) {
                case LineChart lines -> LineDrawing.draw(lines, graphics, area);
                case BarChart bars -> BarDrawing.draw(bars, graphics, area);
                case HeatMap map -> HeatDrawing.draw(map, graphics, area);
            }
        } catch (RuntimeException | LinkageError e) {
            throw noFonts(e);
        }
        return themed(graphics.getSVGElement(null, true, null, null, null), chart, width, height);
    }

    private static int height(Chart chart, int width) {
        return switch (chart) {
            case LineChart _ -> width > 500 ? 380 : 320;
            case BarChart bars -> 96 + 30 * bars.bars().size();
            case HeatMap map -> {
                double cell = (width - 170.0) / map.columns().size();
                yield (int) (150 + Math.clamp(cell, 8, 40) * map.rows().size());
            }
        };
    }

    /** Replaces the colours by variables, and adds what a reader or a browser needs. */
    private static String themed(String element, Chart chart, Width width, int height) {
        String svg = UNUSED.matcher(element).replaceAll("");
        for (Palette.Shade shade : Palette.all()) {
            int rgb = shade.light();
            String drawn = "rgb(%d,%d,%d)".formatted(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
            svg = svg.replace(drawn, "var(--" + shade.name() + ")");
        }
        String opening =
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart %s\" role=\"img\""
                                + " viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">"
                                + "<title>%s</title><style>%s</style>",
                        width.name().toLowerCase(Locale.ROOT),
                        width.pixels,
                        height,
                        width.pixels,
                        height,
                        escaped(chart.title()),
                        Palette.css());
        return opening + svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Java draws no text on a machine without fonts, and says so in its own words. */
    private static RuntimeException noFonts(Throwable e) {
        String said = String.valueOf(e.getMessage());
        boolean fonts = e instanceof LinkageError || said.toLowerCase(Locale.ROOT).contains("font");
        return fonts
                ? new IllegalStateException(
                        "charts need a font, and Java finds none here: install fontconfig and one font"
                                + " (Debian: apt-get install fontconfig fonts-dejavu-core)",
                        e)
                : (RuntimeException) e;
    }
}
