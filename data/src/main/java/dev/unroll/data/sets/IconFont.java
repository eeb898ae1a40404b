package dev.unroll.data.sets;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.formats.image.Image;
import dev.unroll.services.Services;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.IkonHandler;
import org.kordamp.ikonli.IkonProvider;

/**
 * The Material Design icons as a font (Pictogrammers, Apache-2.0), packed for Java by Ikonli: 7,447
 * glyphs with names. Unroll's own libraries do not bring the font along; the command does.
 */
public record IconFont() implements DrawingSet {
    private static final String PREFIX = "mdi2";
    private static final String MISSING =
            "the icons' font is not here: add org.kordamp.ikonli:ikonli-materialdesign2-pack:12.4.0"
                    + " to the class path or the module path";

    @Override
    public About about() {
        return About.of(
                "icons",
                "7,447 glyphs of the Material Design icons' font, and their names; drawn, not"
                        + " fetched",
                "https://pictogrammers.com/library/mdi/",
                "Apache-2.0",
                "Pictogrammers: Material Design Icons; packed by Ikonli");
    }

    @Override
    public List<Drawing> load(DataFiles files, Request request) throws DataException {
        return draw(request.size());
    }

    /**
     * Draws every glyph dark on white, in grey, in the order of their names. A name is as in the
     * font, such as {@code account-arrow-left-outline}.
     *
     * @param size width and height in pixels, 8 to 256
     * @throws DataException if the font is not on the class path, or this Java cannot draw fonts
     */
    public static List<Drawing> draw(int size) throws DataException {
        if (size < 8 || size > 256) {
            throw new IllegalArgumentException("icons of 8 to 256 pixels, not " + size);
        }
        try {
            return draw(glyphs(), font().deriveFont((float) size), size);
        } catch (DataException e) {
            throw e;
        } catch (NoClassDefFoundError e) {
            throw new DataException(MISSING, e);
        } catch (FontFormatException | IOException | RuntimeException | InternalError e) {
            // Without the system's font configuration, the JDK fails in several ways.
            throw new DataException(
                    "the icons cannot be drawn: this Java cannot use fonts (%s); install fontconfig"
                                    .formatted(e)
                            + " and a font (Debian: apt install fontconfig fonts-dejavu-core)",
                    e);
        }
    }

    /** Code points by name. */
    private static Map<String, Integer> glyphs() throws DataException {
        Map<String, Integer> glyphs = new TreeMap<>();
        for (IkonProvider<?> provider : Services.all(IkonProvider.class)) {
            for (Ikon icon : provider.getIkon().getEnumConstants()) {
                String name = icon.getDescription();
                if (name.startsWith(PREFIX)) {
                    glyphs.put(name.substring(name.indexOf('-') + 1), icon.getCode());
                }
            }
        }
        if (glyphs.isEmpty()) {
            throw new DataException(MISSING);
        }
        return glyphs;
    }

    private static Font font() throws IOException, FontFormatException {
        for (IkonHandler handler : Services.all(IkonHandler.class)) {
            if (handler.supports(PREFIX + "a-account")) {
                try (InputStream in = handler.getFontResourceAsStream()) {
                    return Font.createFont(Font.TRUETYPE_FONT, in);
                }
            }
        }
        throw new DataException(MISSING);
    }

    private static List<Drawing> draw(Map<String, Integer> glyphs, Font font, int size) {
        FontRenderContext context = new FontRenderContext(null, true, true);
        float ascent = font.getLineMetrics("A", context).getAscent();
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        List<Drawing> icons = new ArrayList<>();
        glyphs.forEach(
                (name, code) -> {
                    if (font.canDisplay(code)) {
                        pen.setColor(Color.WHITE);
                        pen.fillRect(0, 0, size, size);
                        pen.setColor(Color.BLACK);
                        pen.fill(
                                font.createGlyphVector(context, Character.toString(code))
                                        .getOutline(0, ascent));
                        icons.add(
                                new Drawing(
                                        name,
                                        VariantNames.ofIcon(name),
                                        name.replace('-', ' '),
                                        image(image),
                                        null));
                    }
                });
        pen.dispose();
        return icons;
    }

    private static Image image(BufferedImage image) {
        int size = image.getWidth();
        int[] pixels = image.getRGB(0, 0, size, size, null, 0, size);
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (pixels[i] & 0xff) / 255f;
        }
        return new Image(size, size, 1, values);
    }
}
