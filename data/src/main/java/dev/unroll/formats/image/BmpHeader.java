package dev.unroll.formats.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Checks what a BMP says of its own sizes before the JDK's reader takes memory by them: a palette
 * or compressed lines that are longer than the file, or a whole image of another format inside,
 * which only printers ask for (BITMAPINFOHEADER in Microsoft's documentation of GDI).
 */
final class BmpHeader {
    private static final int START = 14;
    private static final int SHORT = 12;
    private static final int LONG = 40;

    private static final int NONE = 0;
    private static final int RUNS_OF_BYTES = 1;
    private static final int RUNS_OF_HALF_BYTES = 2;
    private static final int MASKS = 3;

    private BmpHeader() {}

    /** The file as it is, unless its header asks for more than there is or for what is not read. */
    static Cleaned cleaned(String name, byte[] bytes) throws ImageException {
        check(name, bytes);
        return new Cleaned(bytes, Orientation.TOP_LEFT);
    }

    private static void check(String name, byte[] bytes) throws ImageException {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < START + SHORT) {
            throw new ImageException(ImageFile.truncated(name));
        }
        long size = Integer.toUnsignedLong(header.getInt(START));
        if (size == SHORT) { // of the oldest kind, whose palette follows from the bits of a pixel
            return;
        }
        if (size < LONG || bytes.length < START + LONG) {
            throw new ImageException(ImageFile.truncated(name));
        }
        int compression = header.getInt(START + 16);
        if (compression < NONE || compression > MASKS) {
            throw new ImageException(
                    ("%s: is a BMP of compression %d, such as one with a JPEG or a PNG inside; 0 to 3"
                                    + " are read; save it as a PNG")
                            .formatted(name, compression));
        }
        long palette = 4 * Integer.toUnsignedLong(header.getInt(START + 32));
        long lines = Integer.toUnsignedLong(header.getInt(START + 20));
        if (lines == 0) {
            lines =
                    Integer.toUnsignedLong(header.getInt(2))
                            - Integer.toUnsignedLong(header.getInt(10));
        }
        boolean compressed = compression == RUNS_OF_BYTES || compression == RUNS_OF_HALF_BYTES;
        if (palette > bytes.length
                || Integer.toUnsignedLong(header.getInt(10)) > bytes.length
                || (compressed && (lines < 0 || lines > bytes.length))) {
            throw new ImageException(ImageFile.truncated(name));
        }
    }
}
