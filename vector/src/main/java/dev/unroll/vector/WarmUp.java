package dev.unroll.vector;

import dev.unroll.backend.Groups;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Which loops run. Until the compiler has seen a loop often enough, the Vector API makes an object
 * of every vector, and a loop of plain floats is a hundred times faster. Whoever wants single
 * answers soon {@linkplain #begin begins} to warm up: from then on operations run in plain loops,
 * to the same bits, while a thread exercises those of vectors, first those of the parts that are
 * asked for. A part changes over as soon as each of its loops makes no objects any more or takes
 * less time than the plain one. Nobody can tell by a result which of them ran.
 *
 * <p>A training never begins to warm up: its first second does not count.
 */
final class WarmUp {
    /** Time before the exercises begin: a process that answers once may have ended by then. */
    private static final long PATIENCE = 300_000_000;

    /** How a process may be told what to do. */
    enum Rule {
        /** Plain loops from the beginning of a warm-up to its end. */
        MEASURE,
        /** Plain loops always: the process will end before vectors pay. */
        PLAIN,
        /** Vectors always. */
        VECTORS;

        /** {@code -Dunroll.young}: true, false, or nothing. */
        static Rule ofProcess() {
            return switch (System.getProperty("unroll.young", "")) {
                case "true" -> PLAIN;
                case "false" -> VECTORS;
                default -> MEASURE;
            };
        }
    }

    /** All operations twice: in loops of the Vector API, and in plain loops to the same bits. */
    record Loops(Groups vectors, Groups plain) {}

    private final Loops loops;
    private final Loops exercised;
    private final Rule rule;
    private final Set<Part> changed = EnumSet.noneOf(Part.class);
    private volatile Groups current;
    private volatile Set<Part> asked = EnumSet.noneOf(Part.class);
    private @Nullable CompletableFuture<@Nullable Void> ready;
    private @Nullable Thread thread;

    /**
     * @param loops of whoever asks
     * @param exercised the same on one thread, for the exercises
     */
    WarmUp(Loops loops, Loops exercised, Rule rule) {
        this.loops = loops;
        this.exercised = exercised;
        this.rule = rule;
        this.current = rule == Rule.PLAIN ? loops.plain : loops.vectors;
    }

    /** The operations to be used now. */
    Groups groups() {
        return current;
    }

    /** The operations to be used now by someone who asks for those of a part. */
    Groups groups(Part part) {
        if (!asked.contains(part)) {
            note(part);
        }
        return current;
    }

    private synchronized void note(Part part) {
        Set<Part> all = EnumSet.copyOf(asked);
        all.add(part);
        asked = all;
        if (ready != null && ready.isDone() && !changed.contains(part)) {
            ready = new CompletableFuture<>();
        }
        if (thread != null) {
            LockSupport.unpark(thread); // it may be at rest
        }
    }

    /**
     * Begins to warm up, unless that was done.
     *
     * @return is done when all parts that have been asked for use vectors, or all parts if none has
     *     been
     */
    synchronized Future<?> begin() {
        CompletableFuture<@Nullable Void> begun = ready;
        if (begun != null) {
            return begun;
        }
        CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
        ready = future;
        if (rule == Rule.MEASURE) {
            current = loops.plain;
            Thread exercising =
                    Thread.ofPlatform()
                            .daemon()
                            .name("unroll-warm-up")
                            .inheritInheritableThreadLocals(false)
                            .unstarted(this::run);
            // Not the class loader of whoever came first, which may be another application's.
            exercising.setContextClassLoader(WarmUp.class.getClassLoader());
            exercising.start();
            thread = exercising;
        } else {
            changed.addAll(EnumSet.allOf(Part.class));
            future.complete(null);
        }
        return future;
    }

    private void run() {
        try {
            TimeUnit.NANOSECONDS.sleep(PATIENCE);
            Exercising exercising = new Exercising(exercised);
            while (exercising.goesOn()) {
                long pause = exercising.round(asked);
                change(exercising.good());
                LockSupport.parkNanos(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            change(EnumSet.allOf(Part.class));
        }
    }

    /** Lets parts use vectors from now on. */
    private synchronized void change(Set<Part> parts) {
        if (changed.addAll(parts)) {
            current = Part.mixed(changed, loops.vectors, loops.plain);
        }
        Set<Part> awaited = asked.isEmpty() ? EnumSet.allOf(Part.class) : asked;
        if (ready != null && changed.containsAll(awaited)) {
            ready.complete(null);
        }
    }
}
