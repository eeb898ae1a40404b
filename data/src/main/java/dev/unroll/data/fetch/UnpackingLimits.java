package dev.unroll.data.fetch;

import dev.unroll.data.DataException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Limits on what an archive may unpack to, since a small file can claim any size. They are held
 * while bytes come out, whatever the archive says of itself.
 *
 * @param bytes of all files together
 * @param entries how many files
 * @param ratio of the bytes that come out to those of the archive, looked at after the first
 *     mebibyte
 */
public record UnpackingLimits(long bytes, int entries, int ratio) {
    private static final long LOOKED_AT = 1 << 20;

    /** 8 GiB, a million files, 100 times the archive: text is packed to a fifth or a tenth. */
    public static final UnpackingLimits STANDARD = new UnpackingLimits(8L << 30, 1_000_000, 100);

    /** Checks that each limit is at least 1. */
    public UnpackingLimits {
        if (bytes < 1 || entries < 1 || ratio < 1) {
            throw new IllegalArgumentException(
                    "limits of unpacking are at least 1: bytes %d, entries %d, ratio %d"
                            .formatted(bytes, entries, ratio));
        }
    }

    /** {@return the counts of an archive that begins to be unpacked} */
    public Counts of(String archive, long packedBytes) {
        return new Counts(archive, packedBytes);
    }

    /** What has come out of an archive so far. */
    public final class Counts {
        private final String archive;
        private final long packed;
        private long unpacked;
        private int files;

        private Counts(String archive, long packed) {
            this.archive = archive;
            this.packed = packed;
        }

        /**
         * Counts one more file.
         *
         * @throws DataException if there are too many
         */
        public void entry() throws DataException {
            if (++files > entries) {
                throw refused("more than %,d files".formatted(entries));
            }
        }

        /** {@return the stream, whose bytes are counted as they are read} */
        public InputStream counted(InputStream in) {
            return new FilterInputStream(in) {
                @Override
                public int read() throws IOException {
                    int one = in.read();
                    came(one < 0 ? 0 : 1);
                    return one;
                }

                @Override
                public int read(byte[] to, int offset, int length) throws IOException {
                    int read = in.read(to, offset, length);
                    came(Math.max(0, read));
                    return read;
                }

                @Override
                public long skip(long most) throws IOException {
                    long skipped = in.skip(most);
                    came(skipped);
                    return skipped;
                }
            };
        }

        private void came(long more) throws DataException {
            unpacked += more;
            if (unpacked > bytes) {
                throw refused("more than %,d bytes".formatted(bytes));
            }
            if (unpacked > LOOKED_AT && unpacked / ratio > packed) {
                throw refused("more than %d times its own %,d bytes".formatted(ratio, packed));
            }
        }

        private DataException refused(String what) {
            return DataException.damaged(
                    "%s: unpacks to %s, so it is not the archive that was published"
                            .formatted(archive, what));
        }
    }
}
