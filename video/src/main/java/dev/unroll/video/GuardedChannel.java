package dev.unroll.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jcodec.common.io.SeekableByteChannel;

/**
 * A file that a library may read only so often, and only so many bytes of, before it comes to the
 * next frame: a loop that gets nowhere ends with an exception, and cannot fill the memory.
 */
final class GuardedChannel implements SeekableByteChannel {
    private static final int MOST_CALLS = 5_000_000;
    private static final int TIMES_THE_FILE = 4;
    private static final long SPARE_BYTES = 1 << 20;

    private final SeekableByteChannel file;
    private final long mostBytes;
    private long bytes;
    private int calls;

    GuardedChannel(SeekableByteChannel file) throws IOException {
        this.file = file;
        this.mostBytes = TIMES_THE_FILE * file.size() + SPARE_BYTES;
    }

    /** A frame was read: the counts begin again. */
    void renew() {
        bytes = 0;
        calls = 0;
    }

    private void called(int read) throws IOException {
        bytes += Math.max(0, read);
        if (++calls > MOST_CALLS || bytes > mostBytes) {
            throw new IOException("its header leads round in circles");
        }
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int read = file.read(to);
        called(read);
        return read;
    }

    @Override
    public long position() throws IOException {
        called(0);
        return file.position();
    }

    @Override
    public SeekableByteChannel setPosition(long position) throws IOException {
        called(0);
        file.setPosition(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        called(0);
        return file.size();
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        throw new IOException("videos are only read");
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        throw new IOException("videos are only read");
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
