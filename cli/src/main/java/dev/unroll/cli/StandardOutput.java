package dev.unroll.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Standard output whose failures end the command. Java's own keeps them to itself, so that a
 * command whose answer was lost would end with 0.
 */
final class StandardOutput extends OutputStream {
    private final OutputStream out;

    /** On top of a stream that tells its failures, such as a {@link FileOutputStream}. */
    StandardOutput(OutputStream out) {
        this.out = out;
    }

    /** The answer could not be written; the message says why. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final boolean readerGone;

        Lost(IOException e) {
            super("standard output cannot be written: " + e.getMessage(), e);
            String why = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            readerGone = why.contains("broken pipe") || why.contains("pipe is being closed");
        }

        /**
         * {@return whether the reader has closed its end, as {@code head} does, wanting no more}
         */
        boolean isReaderGone() {
            return readerGone;
        }
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new Lost(e);
        }
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new Lost(e);
        }
    }
}
