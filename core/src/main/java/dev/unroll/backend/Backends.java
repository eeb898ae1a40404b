package dev.unroll.backend;

import java.util.ArrayList;
import java.util.List;

/**
 * The backend of this process: chosen at first use, with its reason. {@code -Dunroll.backend} or
 * the environment's {@code UNROLL_BACKEND} names one; else the best that runs here is taken. A
 * choice stays for the life of the process, with one exception: a slow fallback gives way when a
 * faster backend turns up. {@link BackendSearch} says when it is looked for again.
 */
public final class Backends {
    private static final BackendSearch OF_PROCESS = new BackendSearch(Backends::wanted);

    private Backends() {}

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
        return OF_PROCESS.current().backend();
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

    static Choice choose(String wanted, List<BackendProvider> providers) {
        List<String> passedOver = new ArrayList<>();
        if (wanted.equals("scalar")) {
            return new Choice(new ScalarBackend(), "asked for by name", false);
        }
        for (BackendProvider provider : providers) {
            if (!wanted.isEmpty() && !provider.name().equals(wanted)) {
                continue;
            }
            switch (provider.offer()) {
                case BackendProvider.Offer.Usable usable -> {
                    String reason =
                            wanted.isEmpty()
                                    ? "the fastest that runs here" + because(passedOver)
                                    : "asked for by name";
                    return new Choice(usable.backend(), reason, !passedOver.isEmpty());
                }
                case BackendProvider.Offer.Unusable no ->
                        passedOver.add(provider.name() + ": " + no.reason());
            }
        }
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "backend '"
                            + wanted
                            + "' cannot be used; there are: scalar"
                            + names(providers)
                            + because(passedOver));
        }
        String reason =
                passedOver.isEmpty()
                        ? "no other backend is found by the class loader of Unroll or of this"
                                + " thread: add unroll-vector, it is many times faster"
                        : "no faster one runs here" + because(passedOver);
        return new Choice(new ScalarBackend(), reason, true);
    }

    private static String because(List<String> passedOver) {
        return passedOver.isEmpty() ? "" : " (" + String.join("; ", passedOver) + ")";
    }

    private static String names(List<BackendProvider> providers) {
        StringBuilder names = new StringBuilder();
        providers.forEach(p -> names.append(", ").append(p.name()));
        return names.toString();
    }

    private static String wanted() {
        String property = System.getProperty("unroll.backend");
        String variable = System.getenv("UNROLL_BACKEND");
        return property != null ? property : variable != null ? variable : "";
    }
}
