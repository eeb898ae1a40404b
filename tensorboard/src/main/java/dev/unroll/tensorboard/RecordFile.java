package dev.unroll.tensorboard;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * TensorFlow's file of records: for each its length (8 bytes), the checksum of the length (4), the
 * bytes, and their checksum (4), little-endian. A checksum is a CRC-32C, masked as TensorFlow does
 * so that a checksum of bytes that hold checksums is a good one, too.
 */
final class RecordFile implements Closeable {
    private static final int MASK = 0xa282ead8;

    private final OutputStream out;

    RecordFile(OutputStream out) {
        this.out = out;
    }

    void write(byte[] record) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        length.putLong(record.length);
        out.write(length.array());
        out.write(masked(length.array()));
        out.write(record);
        out.write(masked(record));
        out.flush();
    }

    private static byte[] masked(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        int crc = (int) checksum.getValue();
        int masked = Integer.rotateRight(crc, 15) + MASK;
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
