package dev.unroll.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The backend of this process: chosen at first use, with its reason. {@code -Dunroll.backend} or
 * the environment's {@code UNROLL_BACKEND} names one; else the best that runs here is taken. A
 * choice stays for the life of the process, with one exception: a slow fallback gives way when a
 * faster backend turns up. {@link BackendSearch} says when it is looked for again.
 */
public final class Backends {
    private static final BackendSearch OF_PROCESS = new BackendSearch(Backends::wanted);

    /** Whether the choice is no fallback, and so final. A thread that sees it late searches. */
    private static boolean settled;

    private static final ScopedValue<Backend> STAND_IN = ScopedValue.newInstance();

    /**
     * Number of calls under way that use {@link #STAND_IN}; at 0, which is usual, it is not read.
     */
    private static int standIns;

    private Backends() {}

    /** Initialised once the choice is final, which makes it a constant for the compiler. */
    private static final class Settled {
        private static final Backend BACKEND = OF_PROCESS.current().backend();

        private Settled() {}
    }

    /**
     * A choice and why it was made.
     *
     * @param fallback a faster backend exists but could not be used, or none was found
     */
    public record Choice(Backend backend, String reason, boolean fallback) {}

    /**
     * The chosen backend.
     *
     * @throws IllegalArgumentException if a backend is asked for by name and cannot be used
     */
    public static Backend current() {
        if (standIns > 0 && STAND_IN.isBound()) {
            return STAND_IN.get();
        }
        return settled ? Settled.BACKEND : searched();
    }

    /**
     * Runs a computation on another backend than the process's, on this thread alone, such as one
     * that only counts.
     */
    public static <T> T with(Backend standIn, Supplier<T> computation) {
        standIns(1);
        try {
            return ScopedValue.where(STAND_IN, standIn).call(computation::get);
        } finally {
            standIns(-1);
        }
    }

    private static synchronized void standIns(int more) {
        standIns += more;
    }

    private static Backend searched() {
        Choice choice = OF_PROCESS.current();
        if (!choice.fallback()) {
            settled = true;
        }
        return choice.backend();
    }

    /**
     * The chosen backend and the reason. A slow fallback is looked up again by this call, so that
     * it also tells a program that has just added a backend whether the backend is used.
     *
     * @throws IllegalArgumentException if a backend is asked for by name and cannot be used
     */
    public static Choice choice() {
        return OF_PROCESS.again();
    }

    /**
     * Asks providers in their order and takes the first that can be used.
     *
     * @param wanted name of the backend; empty for any
     * @param providers the best first
     */
    static Choice choose(String wanted, List<BackendProvider> providers) {
        List<String> passedOver = new ArrayList<>();
        for (BackendProvider provider : providers) {
            if (!wanted.isEmpty() && !provider.name().equals(wanted)) {
                continue;
            }
            switch (provider.offer()) {
                case BackendProvider.Offer.Usable usable -> {
                    boolean slow = provider.priority() <= 0;
                    boolean fallback = wanted.isEmpty() && (slow || !passedOver.isEmpty());
                    String reason = reason(wanted, slow, passedOver);
                    return new Choice(usable.backend(), reason, fallback);
                }
                case BackendProvider.Offer.Unusable no ->
                        passedOver.add(provider.name() + ": " + no.reason());
            }
        }
        if (wanted.isEmpty()) {
            throw new IllegalStateException(
                    "no backend is found, not even the scalar one: the file META-INF/services/"
                            + BackendProvider.class.getName()
                            + " is missing in the jar with Unroll's classes");
        }
        throw new IllegalArgumentException(
                "backend '%s' cannot be used; there are: %s%s"
                        .formatted(wanted, names(providers), because(passedOver)));
    }

    private static String reason(String wanted, boolean slow, List<String> passedOver) {
        if (!wanted.isEmpty()) {
            return "asked for by name";
        }
        if (slow && passedOver.isEmpty()) {
            return "no other backend is found by the class loader of Unroll or of this thread: add"
                    + " unroll-vector, it is many times faster";
        }
        return (slow ? "no faster one runs here" : "the fastest that runs here")
                + because(passedOver);
    }

    private static String because(List<String> passedOver) {
        return passedOver.isEmpty() ? "" : " (" + String.join("; ", passedOver) + ")";
    }

    private static String names(List<BackendProvider> providers) {
        return String.join(", ", providers.stream().map(BackendProvider::name).toList());
    }

    private static String wanted() {
        String property = System.getProperty("unroll.backend");
        String variable = System.getenv("UNROLL_BACKEND");
        return property != null ? property : variable != null ? variable : "";
    }
}
