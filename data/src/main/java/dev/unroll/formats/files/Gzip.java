package dev.unroll.formats.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Bytes packed with gzip, told by their first two (RFC 1952, section 2.3.1), not by a name. */
public final class Gzip {
    private static final int FIRST = 0x1f;
    private static final int SECOND = 0x8b;
    private static final int BUFFER = 1 << 16;

    private Gzip() {}

    /**
     * {@return whether packed bytes come; none are taken away, and no more are waited for than tell
     * it}
     *
     * @param in of a file or a pipe
     * @throws IOException if it cannot be read
     */
    public static boolean isPacked(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean packed = in.read() == FIRST && in.read() == SECOND;
        in.reset();
        return packed;
    }

    /**
     * {@return what was packed, of one or more members one after the other}
     *
     * @param in packed bytes
     * @throws IOException if they are damaged
     */
    public static InputStream unpacked(BufferedInputStream in) throws IOException {
        // Java's own ends behind the first member where a pipe has no more bytes at once
        return new BufferedInputStream(
                GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get(),
                BUFFER);
    }

    /**
     * {@return a stream that packs what is written to it; closing it writes the end}
     *
     * @param out takes the packed bytes
     * @throws IOException if the beginning cannot be written
     */
    public static OutputStream packing(OutputStream out) throws IOException {
        return new GZIPOutputStream(out, BUFFER);
    }
}
