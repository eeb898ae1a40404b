package dev.unroll.formats.safetensors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** How a number is stored in a safetensors file. */
enum NumberFormat {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;

    NumberFormat(int bytes) {
        this.bytes = bytes;
    }

    static NumberFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        ("its number format '%s' is not known; read are F64,"
                                                        + " F32, F16 and BF16, and whole numbers are"
                                                        + " passed over. Save it as F32")
                                                .formatted(name)));
    }

    /** {@return the bytes of a number} */
    int bytes() {
        return bytes;
    }

    /** {@return whether its numbers can be weights} */
    boolean isReal() {
        return switch (this) {
            case F64, F32, F16, BF16 -> true;
            case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> false;
        };
    }

    /**
     * Decodes numbers.
     *
     * @param from their bytes
     * @param values where they are put
     * @param at place of the first there
     * @param count how many
     */
    void decode(MemorySegment from, float[] values, int at, int count) {
        if (this == F32) {
            MemorySegment.copy(from, FLOAT, 0, values, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            values[at + i] =
                    switch (this) {
                        case F64 -> (float) from.get(DOUBLE, 8L * i);
                        case F32 -> from.get(FLOAT, 4L * i);
                        case F16 -> Float.float16ToFloat(from.get(SHORT, 2L * i));
                        case BF16 -> Float.intBitsToFloat(from.get(SHORT, 2L * i) << 16);
                        case I64, I32, I16, I8, U64, U32, U16, U8, BOOL ->
                                throw new IllegalStateException(this + " is passed over");
                    };
        }
    }
}
