package dev.unroll.formats.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The fields of a message of protocol buffers, one after the other, without copies of them. */
final class ProtoFields {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final String file;
    private final byte[] bytes;
    private final int end;
    private int at;
    private int number;
    private int type;
    private long value;
    private int from;

    ProtoFields(byte[] bytes, int from, int end, String file) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.file = file;
    }

    /** Goes on to the next field; false at the end. */
    boolean next() {
        if (at == end) {
            return false;
        }
        long key = varint();
        number = (int) (key >>> 3);
        type = (int) key & 7;
        switch (type) {
            case VARINT -> value = varint();
            case FIXED64 -> take(Long.BYTES);
            case FIXED32 -> take(Integer.BYTES);
            case BYTES -> {
                long length = varint();
                if (length < 0 || length > end - at) {
                    throw error("a field of %d bytes goes beyond its end".formatted(length));
                }
                take((int) length);
            }
            default -> throw error("a field is of the unknown kind " + type);
        }
        return true;
    }

    private void take(int length) {
        if (length > end - at) {
            throw error("it ends within a field");
        }
        from = at;
        at += length;
    }

    private long varint() {
        long result = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at == end) {
                throw error("it ends within a number");
            }
            byte one = bytes[at++];
            result |= (long) (one & 0x7F) << shift;
            if (one >= 0) {
                return result;
            }
        }
        throw error("a number is too long");
    }

    int number() {
        return number;
    }

    int integer() {
        require(VARINT);
        return (int) value;
    }

    boolean bool() {
        require(VARINT);
        return value != 0;
    }

    float real() {
        require(FIXED32);
        return ByteBuffer.wrap(bytes, from, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
    }

    String string() {
        require(BYTES);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, at - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw error("a text is not UTF-8");
        }
    }

    byte[] raw() {
        require(BYTES);
        return java.util.Arrays.copyOfRange(bytes, from, at);
    }

    ProtoFields message() {
        require(BYTES);
        return new ProtoFields(bytes, from, at, file);
    }

    private void require(int kind) {
        if (type != kind) {
            throw error("field %d is of kind %d and not %d".formatted(number, type, kind));
        }
    }

    private TokenizerFileException error(String what) {
        return new TokenizerFileException(
                "%s: no SentencePiece model, or one that is damaged or cut off: at byte %d %s; get the file again"
                        .formatted(file, at, what));
    }
}
