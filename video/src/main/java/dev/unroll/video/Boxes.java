package dev.unroll.video;

import dev.unroll.formats.video.VideoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * The boxes that an MP4 or QuickTime file consists of (ISO/IEC 14496-12, section 4.2), checked
 * before a library reads them: each has a size in which its header fits and that fits into the box
 * around it, a table has no more entries than it has room for, and no frame has more bytes than the
 * file. So whoever walks over them gets on with every box, and finds no count and no size that asks
 * for more memory than the file has bytes.
 */
final class Boxes {
    private static final int HEADER = 8;
    private static final int LONG_HEADER = 16;
    private static final int DEEPEST = 16;
    private static final int MOST = 100_000;
    private static final int BLOCK = 1 << 16;

    private static final Set<String> CONTAINERS =
            Set.of("moov", "trak", "mdia", "minf", "stbl", "edts", "mvex", "moof", "traf");

    /** The bytes of an entry of each table, which a version, flags and a count come before. */
    private static final Map<String, Integer> TABLES =
            Map.of("stts", 8, "ctts", 8, "stsc", 12, "stss", 4, "stco", 4, "co64", 8);

    private final String name;
    private final FileChannel channel;
    private int count;

    private Boxes(String name, FileChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    /**
     * Refuses a file whose boxes cannot be walked over.
     *
     * @param name of the file in the message
     * @throws VideoException that says where the damage lies
     */
    static void check(String name, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            new Boxes(name, channel).check(0, channel.size(), 0);
        }
    }

    private void check(long from, long end, int depth) throws IOException {
        for (long at = from; at < end; ) {
            if (end - at < HEADER) {
                return; // a few bytes behind the last box, which nobody reads
            }
            at += box(at, end, depth);
        }
    }

    /** {@return the bytes of the box that begins here} */
    private long box(long at, long end, int depth) throws IOException {
        if (++count > MOST || depth > DEEPEST) {
            throw damaged(at, "one of too many boxes");
        }
        byte[] start = read(at, LONG_HEADER, end);
        ByteBuffer header = ByteBuffer.wrap(start);
        long size = Integer.toUnsignedLong(header.getInt(0));
        String type = new String(start, 4, 4, StandardCharsets.ISO_8859_1);
        int own = HEADER;
        if (size == 1) {
            own = LONG_HEADER;
            size = header.remaining() < LONG_HEADER ? 0 : header.getLong(HEADER);
        } else if (size == 0 && depth == 0) {
            size = end - at; // the last box may go on to the end of the file
        }
        if (size < own) {
            throw damaged(at, "'%s' of %,d bytes, fewer than its header has".formatted(type, size));
        }
        if (size > end - at) {
            throw damaged(
                    at, "'%s' of %,d bytes, where %,d are left".formatted(type, size, end - at));
        }
        content(type, at + own, at + size, depth);
        return size;
    }

    private void content(String type, long from, long end, int depth) throws IOException {
        if (CONTAINERS.contains(type)) {
            check(from, end, depth + 1);
        } else if (TABLES.containsKey(type)) {
            ByteBuffer start = ByteBuffer.wrap(read(from, 8, end));
            int entry = TABLES.getOrDefault(type, 1);
            if (start.remaining() == 8) {
                require(type, from, Integer.toUnsignedLong(start.getInt(4)), entry, end - from - 8);
            }
        } else if (type.equals("stsz")) {
            ByteBuffer start = ByteBuffer.wrap(read(from, 12, end));
            if (start.remaining() == 12 && start.getInt(4) == 0) {
                long entries = Integer.toUnsignedLong(start.getInt(8));
                require(type, from, entries, 4, end - from - 12);
                requireSizes(from + 12, entries);
            } else if (start.remaining() == 12) {
                requireSize(from, Integer.toUnsignedLong(start.getInt(4)));
            }
        }
    }

    /** The sizes of frames, for each of which a library asks for memory. */
    private void requireSizes(long from, long entries) throws IOException {
        long end = from + 4 * entries;
        for (long at = from; at < end; at += BLOCK) {
            ByteBuffer sizes = ByteBuffer.wrap(read(at, BLOCK, end));
            while (sizes.remaining() >= 4) {
                long place = at + sizes.position();
                requireSize(place, Integer.toUnsignedLong(sizes.getInt()));
            }
        }
    }

    private void requireSize(long at, long size) throws IOException {
        if (size > channel.size()) {
            throw damaged(
                    at,
                    "'stsz' that claims a frame of %,d bytes in a file of %,d"
                            .formatted(size, channel.size()));
        }
    }

    private void require(String type, long at, long entries, int bytes, long room)
            throws VideoException {
        if (entries * bytes > room) {
            throw damaged(
                    at, "'%s' that claims %,d entries in %,d bytes".formatted(type, entries, room));
        }
    }

    /** {@return so many bytes, or those that are left} */
    private byte[] read(long at, int most, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, end - at));
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {}
        byte[] read = new byte[bytes.flip().remaining()];
        bytes.get(read);
        return read;
    }

    private VideoException damaged(long at, String what) {
        return new VideoException(
                ("%s: is no video that is read, or is damaged or cut off: the box at byte %,d is"
                                + " %s; copy or download it again, convert it to MP4 with H.264, or give a"
                                + " folder of images")
                        .formatted(name, at, what));
    }
}
