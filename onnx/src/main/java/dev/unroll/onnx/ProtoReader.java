package dev.unroll.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one message of protocol buffers, field by field, where it lies: nothing is copied but the
 * texts. Field numbers and wire types are those of "Protocol Buffers: Encoding".
 *
 * <pre>
 *   while (in.next()) {
 *       switch (in.field()) {
 *           case 1 -> name = in.text();
 *           default -> in.skip();
 *       }
 *   }
 * </pre>
 */
final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** What can be done with each number of a repeated field. */
    @FunctionalInterface
    interface Numbers {
        void add(long bits);
    }

    private final MemorySegment message;
    private final String file;
    private final String what;
    private long at;
    private int field;
    private int wire;

    /**
     * A message to be read from its first byte.
     *
     * @param message all of its bytes
     * @param file for errors
     * @param what it is, for errors
     */
    ProtoReader(MemorySegment message, String file, String what) {
        this.message = message;
        this.file = file;
        this.what = what;
    }

    /** Goes to the next field. {@return whether there is one} */
    boolean next() {
        if (at == message.byteSize()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wire = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw damaged("there is no field with the tag " + tag);
        }
        return true;
    }

    int field() {
        return field;
    }

    /** A whole number. */
    long whole() {
        require(VARINT);
        return varint();
    }

    float real() {
        require(FIXED_32);
        return Float.intBitsToFloat((int) fixed(4));
    }

    /** The bytes of a text, of a message or of numbers. */
    MemorySegment bytes() {
        require(BYTES);
        long length = varint();
        if (length < 0 || length > message.byteSize() - at) {
            throw damaged(
                    "field %d has %s bytes, and %d are left"
                            .formatted(
                                    field, Long.toUnsignedString(length), message.byteSize() - at));
        }
        MemorySegment bytes = message.asSlice(at, length);
        at += length;
        return bytes;
    }

    String text() {
        MemorySegment bytes = bytes();
        if (bytes.byteSize() > OnnxReader.LONGEST_TEXT) {
            throw damaged(
                    "a text of %d bytes in field %d; %d are the most"
                            .formatted(bytes.byteSize(), field, OnnxReader.LONGEST_TEXT));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw damaged("the text in field " + field + " is not UTF-8");
        }
    }

    ProtoReader message(String of) {
        return new ProtoReader(bytes(), file, of);
    }

    /** Whole numbers of a repeated field, one or many together. */
    void wholes(Numbers numbers) {
        repeated(VARINT, 0, numbers);
    }

    /** Numbers of four bytes of a repeated field, one or many together. */
    void fixed32(Numbers numbers) {
        repeated(FIXED_32, 4, numbers);
    }

    /** Numbers of eight bytes of a repeated field, one or many together. */
    void fixed64(Numbers numbers) {
        repeated(FIXED_64, 8, numbers);
    }

    private void repeated(int kind, int size, Numbers numbers) {
        if (wire == kind) {
            numbers.add(size == 0 ? varint() : fixed(size));
            return;
        }
        ProtoReader many = message(what);
        while (many.at < many.message.byteSize()) {
            numbers.add(size == 0 ? many.varint() : many.fixed(size));
        }
    }

    void skip() {
        switch (wire) {
            case VARINT -> varint();
            case FIXED_64 -> fixed(8);
            case BYTES -> bytes();
            case FIXED_32 -> fixed(4);
            default -> throw damaged("field %d is of the unknown kind %d".formatted(field, wire));
        }
    }

    OnnxException damaged(String how) {
        return new OnnxException(
                "%s is damaged or no ONNX file: in %s, %s".formatted(file, what, how));
    }

    private void require(int kind) {
        if (wire != kind) {
            throw damaged("field %d is of kind %d, not %d".formatted(field, wire, kind));
        }
    }

    private long fixed(int size) {
        if (message.byteSize() - at < size) {
            throw damaged("it ends within a number");
        }
        long bits = size == 4 ? message.get(INT, at) : message.get(LONG, at);
        at += size;
        return bits;
    }

    /** Seven bits a byte, the lowest first; the last byte is below 128. */
    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at == message.byteSize()) {
                throw damaged("it ends within a number");
            }
            byte b = message.get(ValueLayout.JAVA_BYTE, at++);
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw damaged("a number has more than 10 bytes");
    }
}
