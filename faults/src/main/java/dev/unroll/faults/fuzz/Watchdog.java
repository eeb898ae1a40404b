package dev.unroll.faults.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Ends the process when a reader does not come back, after it has kept the input. */
final class Watchdog implements AutoCloseable {
    private static final long MOST_NANOS = 60_000_000_000L;
    private static final long LOOK_MILLIS = 1_000;

    private final Path kept;
    private final Thread watching =
            Thread.ofPlatform().daemon().name("watchdog").unstarted(this::watch);
    private final Thread watched = Thread.currentThread();
    private volatile @Nullable Reading reading;

    private record Reading(String name, byte[] input, long sinceNanos) {}

    Watchdog(Path kept) {
        this.kept = kept;
        watching.start();
    }

    void begin(String name, byte[] input) {
        reading = new Reading(name, input, System.nanoTime());
    }

    void end() {
        reading = null;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                Reading now = reading;
                if (now != null && System.nanoTime() - now.sinceNanos() > MOST_NANOS) {
                    hangs(now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hangs(Reading now) {
        System.err.println("FAULT: the reader of " + now.name() + " does not end:");
        for (StackTraceElement frame : watched.getStackTrace()) {
            System.err.println("    at " + frame);
        }
        try {
            Files.createDirectories(kept);
            System.err.println("kept as " + Files.write(kept.resolve("hangs"), now.input()));
        } catch (IOException e) {
            System.err.println("its input cannot be kept: " + e);
        }
        Runtime.getRuntime().halt(3);
    }

    @Override
    public void close() {
        watching.interrupt();
    }
}
