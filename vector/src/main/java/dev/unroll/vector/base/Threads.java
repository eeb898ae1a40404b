package dev.unroll.vector.base;

import org.jspecify.annotations.Nullable;

/** The number of threads: {@code -Dunroll.threads}, else {@code UNROLL_THREADS}, else all cores. */
public final class Threads {
    private static final int MOST = 1024;

    private Threads() {}

    public static int wanted() {
        return wanted(
                System.getProperty("unroll.threads"),
                System.getenv("UNROLL_THREADS"),
                Runtime.getRuntime().availableProcessors());
    }

    public static int wanted(@Nullable String property, @Nullable String variable, int processors) {
        if (property != null) {
            return parse("-Dunroll.threads", property);
        }
        if (variable != null && !variable.isBlank()) {
            return parse("UNROLL_THREADS", variable);
        }
        return Math.min(processors, MOST);
    }

    private static int parse(String where, String text) {
        try {
            int threads = Integer.parseInt(text.strip());
            if (threads >= 1 && threads <= MOST) {
                return threads;
            }
        } catch (NumberFormatException e) {
            // said below, with the range
        }
        throw new IllegalArgumentException(
                where + " is '" + text + "'; it takes a whole number from 1 to " + MOST);
    }
}
