package dev.unroll.formats.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A PNG without what does not make its pixels. The JDK's reader inflates text and profiles without
 * any limit, so a few kilobytes of them can fill all memory; here they are left out before it looks
 * (PNG specification, third edition, section 5.3).
 */
final class PngChunks {
    private static final int SIGNATURE = 8;
    private static final Set<String> PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private PngChunks() {}

    /**
     * The file with only the chunks that make its pixels, and which side of them is up.
     *
     * @throws ImageException if it ends before its last chunk
     */
    static Cleaned pixels(String name, byte[] bytes) throws ImageException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
        kept.write(bytes, 0, SIGNATURE);
        Orientation orientation = Orientation.TOP_LEFT;
        ByteBuffer rest = ByteBuffer.wrap(bytes).position(SIGNATURE);
        while (rest.remaining() >= 12) {
            int at = rest.position();
            long length = Integer.toUnsignedLong(rest.getInt());
            byte[] type = new byte[4];
            rest.get(type);
            if (length > rest.remaining() - 4) {
                break;
            }
            int whole = (int) length + 12;
            String kind = new String(type, StandardCharsets.ISO_8859_1);
            if (PIXELS.contains(kind)) {
                kept.write(bytes, at, whole);
            }
            if (kind.equals("eXIf")) {
                orientation = Orientation.of(ByteBuffer.wrap(bytes, at + 8, (int) length));
            }
            if (kind.equals("IEND")) {
                return new Cleaned(kept.toByteArray(), orientation);
            }
            rest.position(at + whole);
        }
        throw new ImageException(ImageFile.truncated(name));
    }
}
