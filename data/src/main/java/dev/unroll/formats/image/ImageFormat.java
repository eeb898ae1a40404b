package dev.unroll.formats.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of image files that are read, told apart by their first bytes, not by their names. */
enum ImageFormat {
    PNG("png", "\u0089PNG\r\n\u001a\n"),
    JPEG("jpeg", "\u00ff\u00d8\u00ff"),
    GIF("gif", "GIF8"),
    BMP("bmp", "BM");

    private final String plugin;
    private final String beginning;

    ImageFormat(String plugin, String beginning) {
        this.plugin = plugin;
        this.beginning = beginning;
    }

    /** The name of the JDK's reader. */
    String plugin() {
        return plugin;
    }

    /** The format that a file's bytes begin like. */
    static Optional<ImageFormat> of(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(8, bytes.length), StandardCharsets.ISO_8859_1);
        return Arrays.stream(values()).filter(f -> start.startsWith(f.beginning)).findFirst();
    }
}
