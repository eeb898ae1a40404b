package dev.unroll.formats.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A JPEG without notes, previews and colour profiles, and what its notes say of its upper side. The
 * JDK's reader would convert colours by an embedded profile, which that of PNG does not (ITU-T
 * T.81, section B.1.1.4).
 */
final class JpegSegments {
    private static final int START_OF_SCAN = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;
    private static final String EXIF = "Exif\0\0";

    private final byte[] bytes;
    private final ByteArrayOutputStream kept;
    private Orientation orientation = Orientation.TOP_LEFT;

    private JpegSegments(byte[] bytes) {
        this.bytes = bytes;
        this.kept = new ByteArrayOutputStream(bytes.length);
    }

    static Cleaned cleaned(byte[] bytes) {
        JpegSegments segments = new JpegSegments(bytes);
        int rest = segments.header();
        segments.kept.write(bytes, rest, bytes.length - rest);
        return new Cleaned(segments.kept.toByteArray(), segments.orientation);
    }

    /**
     * Copies what makes the pixels, up to the first scan, or to damage that the reader will name.
     */
    private int header() {
        int at = 2;
        kept.write(bytes, 0, at);
        while (at + 4 <= bytes.length && (bytes[at] & 0xff) == 0xff) {
            int marker = bytes[at + 1] & 0xff;
            int length = (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
            int end = at + 2 + length;
            if (marker == 0xff) {
                at++; // any number of these may come before a marker
                continue;
            }
            if (marker < 0xc0 || marker == START_OF_SCAN || length < 2 || end > bytes.length) {
                return at;
            }
            segment(marker, at, end);
            at = end;
        }
        return at;
    }

    private void segment(int marker, int from, int end) {
        int content = from + 4;
        if (marker == APP1 && begins(EXIF, content, end)) {
            int tiff = content + EXIF.length();
            orientation = Orientation.of(ByteBuffer.wrap(bytes, tiff, end - tiff));
        }
        boolean application = marker >= APP0 && marker <= APP15;
        boolean ofColours =
                (marker == APP0 && begins("JFIF\0", content, end))
                        || (marker == APP14 && begins("Adobe", content, end));
        if (ofColours || (!application && marker != COMMENT)) {
            kept.write(bytes, from, end - from);
        }
    }

    private boolean begins(String text, int from, int end) {
        return end - from >= text.length()
                && new String(bytes, from, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }
}
