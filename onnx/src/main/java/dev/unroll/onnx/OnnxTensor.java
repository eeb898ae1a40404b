package dev.unroll.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A constant array of an ONNX file: an initializer, or the value of a node. Its numbers are read
 * when they are asked for, and not held.
 */
public final class OnnxTensor {
    private static final int FLOATS = 4;
    private static final int INTS = 5;
    private static final int LONGS = 7;
    private static final int DOUBLES = 10;
    private static final int UNSIGNED = 11;
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String file;
    private final String name;
    private final OnnxType type;
    private final int[] shape;
    private final int size;
    private final @Nullable MemorySegment raw;
    private final MemorySegment message;

    /**
     * A tensor.
     *
     * @param raw the bytes of its numbers, or null where the message has them as numbers
     * @param message all of the tensor's message
     */
    OnnxTensor(
            String file,
            String name,
            OnnxType type,
            int[] shape,
            @Nullable MemorySegment raw,
            MemorySegment message) {
        this.file = file;
        this.name = name;
        this.type = type;
        this.shape = shape;
        this.raw = raw;
        this.message = message;
        this.size = size();
        if (raw != null
                && type != OnnxType.STRING
                && raw.byteSize() != (long) size * type.bytes()) {
            throw wrong(raw.byteSize() + " bytes");
        }
    }

    private int size() {
        long count = 1;
        for (int d : shape) {
            count *= d;
            if (count > Integer.MAX_VALUE - 16) {
                throw wrong("more numbers than an array can have");
            }
        }
        return (int) count;
    }

    private OnnxException wrong(String what) {
        return new OnnxException(
                "%s is damaged: the tensor '%s' of %s numbers %s has %s"
                        .formatted(file, name, type, Arrays.toString(shape), what));
    }

    /** {@return the name, which may be empty} */
    public String name() {
        return name;
    }

    /** {@return the format of the numbers in the file} */
    public OnnxType type() {
        return type;
    }

    /** {@return the size of each dimension; none for a single number} */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * {@return the numbers, the last dimension running fastest; the caller may keep them} Real
     * numbers are rounded to 32 bits, and whole ones too.
     *
     * @throws OnnxException if the file has too few or too many, or they are texts
     */
    public float[] floats() {
        float[] values = new float[checked()];
        if (raw != null && type == OnnxType.FLOAT) {
            MemorySegment.copy(raw, FLOAT, 0, values, 0, values.length);
            return values;
        }
        if (raw != null) {
            for (int i = 0; i < values.length; i++) {
                values[i] = real(raw, i);
            }
            return values;
        }
        typed(
                (i, bits) ->
                        values[i] =
                                switch (type) {
                                    case FLOAT -> Float.intBitsToFloat((int) bits);
                                    case DOUBLE -> (float) Double.longBitsToDouble(bits);
                                    case FLOAT16 -> Float.float16ToFloat((short) bits);
                                    case BFLOAT16 -> Float.intBitsToFloat((int) bits << 16);
                                    default -> (float) bits;
                                });
        return values;
    }

    /**
     * {@return the whole numbers, the last dimension running fastest}
     *
     * @throws OnnxException if they are real ones, or the file has too few or too many
     */
    public long[] wholes() {
        if (type.isReal()) {
            throw wrong("numbers of that format where whole ones are needed");
        }
        long[] values = new long[checked()];
        if (raw != null) {
            for (int i = 0; i < values.length; i++) {
                values[i] = whole(raw, i);
            }
        } else {
            typed((i, bits) -> values[i] = bits);
        }
        return values;
    }

    private int checked() {
        if (type == OnnxType.STRING) {
            throw wrong("texts, which are no numbers");
        }
        // Of the numbers that a message has one by one, each takes a byte at least.
        if (raw == null && size > message.byteSize()) {
            throw wrong("fewer in the file");
        }
        return size;
    }

    private float real(MemorySegment from, int i) {
        return switch (type) {
            case FLOAT -> from.get(FLOAT, 4L * i);
            case DOUBLE -> (float) from.get(DOUBLE, 8L * i);
            case FLOAT16 -> Float.float16ToFloat(from.get(SHORT, 2L * i));
            case BFLOAT16 -> Float.intBitsToFloat(from.get(SHORT, 2L * i) << 16);
            default -> (float) whole(from, i);
        };
    }

    private long whole(MemorySegment from, int i) {
        return switch (type) {
            case INT8 -> from.get(ValueLayout.JAVA_BYTE, i);
            case UINT8, BOOL -> from.get(ValueLayout.JAVA_BYTE, i) & 0xff;
            case INT16 -> from.get(SHORT, 2L * i);
            case UINT16 -> from.get(SHORT, 2L * i) & 0xffff;
            case INT32 -> from.get(INT, 4L * i);
            case UINT32 -> Integer.toUnsignedLong(from.get(INT, 4L * i));
            case INT64, UINT64 -> from.get(LONG, 8L * i);
            default -> throw new IllegalStateException(type + " is no format of whole numbers");
        };
    }

    @FunctionalInterface
    private interface Place {
        void put(int index, long bits);
    }

    /** Numbers in the field that the format has in the message. */
    private void typed(Place place) {
        int field =
                switch (type) {
                    case FLOAT -> FLOATS;
                    case DOUBLE -> DOUBLES;
                    case INT64 -> LONGS;
                    case UINT32, UINT64 -> UNSIGNED;
                    default -> INTS;
                };
        int[] count = {0};
        ProtoReader.Numbers each =
                bits -> {
                    if (count[0] == size) {
                        throw wrong("more in the file");
                    }
                    place.put(count[0]++, bits);
                };
        ProtoReader in = new ProtoReader(message, file, "tensor '" + name + "'");
        while (in.next()) {
            if (in.field() != field) {
                in.skip();
            } else if (type == OnnxType.FLOAT) {
                in.fixed32(each);
            } else if (type == OnnxType.DOUBLE) {
                in.fixed64(each);
            } else {
                in.wholes(each);
            }
        }
        if (count[0] != size) {
            throw wrong(count[0] + " in the file");
        }
    }

    @Override
    public String toString() {
        return "'%s' of %s %s".formatted(name, type, Arrays.toString(shape));
    }
}
