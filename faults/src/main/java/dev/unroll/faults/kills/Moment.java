package dev.unroll.faults.kills;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The moment at which a process is to be killed. It is watched for from outside, so what a kill has
 * hit is seen in the folder afterwards.
 */
final class Moment {
    private static final long LOOK_NANOS = 100_000;
    private static final double NEAR_THE_END = 0.96;

    /** What is waited for. */
    private enum Kind {
        STARTING,
        FIRST,
        WRITING,
        BETWEEN,
        END
    }

    private final Kind kind;
    private final double share;
    private final double delay;

    private Moment(Kind kind, double share, double delay) {
        this.kind = kind;
        this.share = share;
        this.delay = delay;
    }

    /** Draws one. */
    static Moment draw(SplittableRandom random) {
        Kind[] kinds = Kind.values();
        return new Moment(
                kinds[random.nextInt(kinds.length)], random.nextDouble(), random.nextDouble());
    }

    /** A file as it is now. */
    private record Seen(long bytes, Object key, long modified) {
        static Optional<Seen> of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return Optional.of(
                        new Seen(
                                now.size(),
                                String.valueOf(now.fileKey()),
                                now.lastModifiedTime().toMillis()));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Waits for it.
     *
     * @param process that is to be killed
     * @param run the folder that it trains in
     * @param like an unbroken training
     * @param before the course that was in the folder when the process was started
     * @return false if the process ended before
     */
    boolean await(Process process, Path run, Unbroken like, Stale before) throws IOException {
        Path metrics = run.resolve("metrics.jsonl");
        return switch (kind) {
            case STARTING -> pause(process, like.startNanos());
            case FIRST ->
                    until(process, () -> Files.exists(run.resolve("recipe.yaml")))
                            && pause(process, like.trainingNanos() / 4);
            case WRITING ->
                    until(process, () -> before.grownTo(metrics, share * like.metricsBytes()))
                            && until(
                                    process,
                                    () -> hasPart(run) || hasPart(run.resolve("checkpoints")))
                            && pause(process, delay < 0.5 ? 0 : 1_000_000);
            case BETWEEN ->
                    until(process, () -> before.grownTo(metrics, share * like.metricsBytes()))
                            && pause(process, like.trainingNanos() / 20);
            case END ->
                    until(
                                    process,
                                    () ->
                                            before.grownTo(
                                                    metrics, NEAR_THE_END * like.metricsBytes()))
                            && pause(process, 20_000_000);
        };
    }

    private boolean pause(Process process, long mostNanos) {
        long end = System.nanoTime() + (long) (delay * mostNanos);
        while (process.isAlive()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            LockSupport.parkNanos(left);
        }
        return false;
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static boolean until(Process process, Condition condition) throws IOException {
        while (process.isAlive()) {
            if (condition.holds()) {
                return true;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    private static boolean hasPart(Path folder) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*.part")) {
            return parts.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** A course that another process has left; one that goes on writes it anew. */
    static final class Stale {
        private final Optional<Seen> left;

        private Stale(Optional<Seen> left) {
            this.left = left;
        }

        static Stale of(Path run) {
            return new Stale(Seen.of(run.resolve("metrics.jsonl")));
        }

        private boolean grownTo(Path metrics, double bytes) {
            Optional<Seen> now = Seen.of(metrics);
            return now.isPresent() && !now.equals(left) && now.get().bytes() >= bytes;
        }
    }
}
