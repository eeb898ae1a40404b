package dev.unroll.backend;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The backend of this process: chosen once, at first use, with its reason. {@code -Dunroll.backend}
 * or the environment's {@code UNROLL_BACKEND} names one; else the best that runs here is taken.
 */
public final class Backends {
    private Backends() {}

    /**
     * A choice and why it was made.
     *
     * @param fallback a faster backend exists but could not be used
     */
    public record Choice(Backend backend, String reason, boolean fallback) {}

    private static final class Holder {
        static final Choice CHOICE = announced(choose(wanted(), providers()));
    }

    /** The chosen backend. */
    public static Backend current() {
        return Holder.CHOICE.backend();
    }

    /** The chosen backend and the reason. */
    public static Choice choice() {
        return Holder.CHOICE;
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
                        ? "no other backend is on the path: add unroll-vector, it is many times"
                                + " faster"
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

    private static List<BackendProvider> providers() {
        List<BackendProvider> found = new ArrayList<>();
        try {
            for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
                found.add(provider);
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            System.getLogger("dev.unroll")
                    .log(Level.WARNING, "a backend could not be loaded: {0}", e.toString());
        }
        found.sort(Comparator.comparingInt(BackendProvider::priority).reversed());
        return found;
    }

    private static Choice announced(Choice choice) {
        System.getLogger("dev.unroll")
                .log(
                        choice.fallback() ? Level.WARNING : Level.INFO,
                        "backend {0} ({1}): {2}",
                        choice.backend().name(),
                        choice.backend().description(),
                        choice.reason());
        return choice;
    }
}
