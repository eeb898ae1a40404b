package dev.unroll.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A message of protocol buffers in the making. */
final class Message {
    private static final int PACKED = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    @FunctionalInterface
    private interface Write {
        void to(CodedOutputStream out) throws IOException;
    }

    private Message with(Write write) {
        try {
            write.to(out);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
    }

    Message number(int field, double value) {
        return with(to -> to.writeDouble(field, value));
    }

    Message real(int field, float value) {
        return with(to -> to.writeFloat(field, value));
    }

    Message whole(int field, long value) {
        return with(to -> to.writeInt64(field, value));
    }

    Message text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message bytes(int field, byte[] value) {
        return with(to -> to.writeByteArray(field, value));
    }

    Message message(int field, Message inner) {
        return bytes(field, inner.encoded());
    }

    /** A repeated field in the packed form. */
    Message numbers(int field, double... values) {
        return with(
                to -> {
                    to.writeTag(field, PACKED);
                    to.writeUInt32NoTag(8 * values.length);
                    for (double value : values) {
                        to.writeDoubleNoTag(value);
                    }
                });
    }

    byte[] encoded() {
        with(CodedOutputStream::flush);
        return bytes.toByteArray();
    }
}
