package dev.unroll.faults.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process when a reader does not come back, after it has kept the input. It looks once a
 * second and counts its looks, not the time: while the process or the machine is stopped, neither
 * goes on.
 */
final class Watchdog implements AutoCloseable {
    private static final int MOST_LOOKS = 60;
    private static final long LOOK_MILLIS = 1_000;

    private final Path kept;
    private final Thread watching =
            Thread.ofPlatform().daemon().name("watchdog").unstarted(this::watch);
    private final Thread watched = Thread.currentThread();
    private volatile @Nullable Reading reading;
    private long begun;

    /** A reading, told from others by its number. */
    private record Reading(long number, String name, byte[] input) {}

    Watchdog(Path kept) {
        this.kept = kept;
        watching.start();
    }

    void begin(String name, byte[] input) {
        reading = new Reading(begun++, name, input);
    }

    void end() {
        reading = null;
    }

    private void watch() {
        try {
            long seen = -1;
            int looks = 0;
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                Reading now = reading;
                looks = now != null && now.number() == seen ? looks + 1 : 0;
                seen = now == null ? -1 : now.number();
                if (now != null && looks >= MOST_LOOKS) {
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
