package dev.unroll.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Closes a stream that gives nothing for too long, so that who reads it gets an error and does not
 * wait for ever: an HTTP client's own time limit ends with the headers.
 */
final class StallTimeout implements AutoCloseable {
    private final InputStream in;
    private final Duration limit;
    private final Thread watch;
    private volatile long lastNanos = System.nanoTime();

    StallTimeout(InputStream in, Duration limit) {
        this.in = in;
        this.limit = limit;
        this.watch = Thread.ofVirtual().name("unroll-patience").start(this::watch);
    }

    /** Something came. */
    void renew() {
        lastNanos = System.nanoTime();
    }

    private void watch() {
        try {
            long left = limit.toNanos();
            while (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
                left = limit.toNanos() - (System.nanoTime() - lastNanos);
            }
            in.close();
        } catch (InterruptedException | IOException e) {
            // The reading has ended, well or badly; its reader knows.
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
