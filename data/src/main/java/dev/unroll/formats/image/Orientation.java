package dev.unroll.formats.image;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Which side of an image's stored rows is up, as cameras note it (Exif 3.0, CIPA DC-008, section
 * 4.6.5, tag 274). The names say where the first row and the first column lie when it is shown.
 */
enum Orientation {
    TOP_LEFT,
    TOP_RIGHT,
    BOTTOM_RIGHT,
    BOTTOM_LEFT,
    LEFT_TOP,
    RIGHT_TOP,
    RIGHT_BOTTOM,
    LEFT_BOTTOM;

    private static final int TAG = 274;
    private static final int ENTRY = 12;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    /**
     * In a block of Exif's notes, which is laid out as a TIFF file; the usual one where the block
     * has none, or is damaged.
     */
    static Orientation of(ByteBuffer tiff) {
        ByteBuffer block = tiff.slice();
        if (block.remaining() < 8) {
            return TOP_LEFT;
        }
        boolean little = block.get(0) == 'I' && block.get(1) == 'I';
        block.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long at = Integer.toUnsignedLong(block.getInt(4));
        if (block.getShort(2) != 42 || at > block.limit() - 2) {
            return TOP_LEFT;
        }
        int entries = Short.toUnsignedInt(block.getShort((int) at));
        for (int i = 0; i < entries; i++) {
            long entry = at + 2 + (long) ENTRY * i;
            if (entry > block.limit() - ENTRY) {
                return TOP_LEFT;
            }
            if (Short.toUnsignedInt(block.getShort((int) entry)) == TAG) {
                return value(block, (int) entry);
            }
        }
        return TOP_LEFT;
    }

    private static Orientation value(ByteBuffer block, int entry) {
        int number =
                switch (block.getShort(entry + 2)) {
                    case SHORT -> block.getShort(entry + 8);
                    case LONG -> block.getInt(entry + 8);
                    default -> 1;
                };
        return number < 1 || number > values().length ? TOP_LEFT : values()[number - 1];
    }

    /** The image with its upper side up, of the same kind of pixels. */
    BufferedImage upright(BufferedImage stored) {
        if (this == TOP_LEFT) {
            return stored;
        }
        int width = stored.getWidth();
        int height = stored.getHeight();
        boolean lying =
                switch (this) {
                    case TOP_LEFT, TOP_RIGHT, BOTTOM_RIGHT, BOTTOM_LEFT -> false;
                    case LEFT_TOP, RIGHT_TOP, RIGHT_BOTTOM, LEFT_BOTTOM -> true;
                };
        WritableRaster from = stored.getRaster();
        WritableRaster to =
                from.createCompatibleWritableRaster(lying ? height : width, lying ? width : height);
        Object pixel = null;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixel = from.getDataElements(x, y, pixel);
                int right = width - 1 - x;
                int below = height - 1 - y;
                switch (this) {
                    case TOP_LEFT -> to.setDataElements(x, y, pixel);
                    case TOP_RIGHT -> to.setDataElements(right, y, pixel);
                    case BOTTOM_RIGHT -> to.setDataElements(right, below, pixel);
                    case BOTTOM_LEFT -> to.setDataElements(x, below, pixel);
                    case LEFT_TOP -> to.setDataElements(y, x, pixel);
                    case RIGHT_TOP -> to.setDataElements(below, x, pixel);
                    case RIGHT_BOTTOM -> to.setDataElements(below, right, pixel);
                    case LEFT_BOTTOM -> to.setDataElements(y, right, pixel);
                }
            }
        }
        return new BufferedImage(stored.getColorModel(), to, stored.isAlphaPremultiplied(), null);
    }
}
