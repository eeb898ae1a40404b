package dev.unroll.backend;

import dev.unroll.backend.Backends.Choice;
import dev.unroll.services.Services;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for backends where Unroll's own classes come from (class loader and module layer) and where
 * the thread's context class loader finds classes. The first alone would miss a backend of an
 * application that shares Unroll's classes with others; the second alone would miss every backend
 * on a thread that carries the platform's class loader or none, such as those of {@code
 * CompletableFuture.supplyAsync} in a Spring Boot jar.
 *
 * <p>While the choice is a fallback, a thread with a context class loader that was not searched yet
 * starts another search, and a faster backend replaces the fallback from then on. Results after the
 * change are those of the faster backend, equal up to rounding.
 */
final class BackendSearch {
    /** Providers of one source that may fail before the rest of it is given up. */
    private static final int MOST_FAILURES = 8;

    private final Supplier<String> wanted;
    private final Set<ClassLoader> searched = Collections.newSetFromMap(new WeakHashMap<>());
    private volatile @Nullable Choice choice;

    /**
     * @param wanted the name of the backend to use; empty for the best
     */
    BackendSearch(Supplier<String> wanted) {
        this.wanted = wanted;
    }

    /** The choice; searches first if there is none, or a fallback and somewhere new to look. */
    Choice current() {
        Choice now = choice;
        return now != null && (!now.fallback() || !somewhereNew()) ? now : search();
    }

    /** The choice; searches first if there is none, or a fallback. */
    Choice again() {
        Choice now = choice;
        return now != null && !now.fallback() ? now : search();
    }

    private boolean somewhereNew() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        synchronized (searched) {
            return context != null && !searched.contains(context);
        }
    }

    private synchronized Choice search() {
        Choice before = choice;
        if (before != null && !before.fallback()) {
            return before; // another thread was first
        }
        Choice found = Backends.choose(wanted.get(), providers());
        if (before != null && before.backend().name().equals(found.backend().name())) {
            found = new Choice(before.backend(), found.reason(), found.fallback());
        }
        if (!found.equals(before)) {
            announce(found);
        }
        choice = found;
        return found;
    }

    private List<BackendProvider> providers() {
        Map<Class<?>, BackendProvider> found = new LinkedHashMap<>();
        Services.loaders(BackendProvider.class).forEach(loader -> collect(loader, found));
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            synchronized (searched) {
                searched.add(context);
            }
        }
        List<BackendProvider> sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparingInt(BackendProvider::priority).reversed());
        return sorted;
    }

    private static void collect(
            ServiceLoader<BackendProvider> services, Map<Class<?>, BackendProvider> found) {
        Iterator<BackendProvider> providers = services.iterator();
        for (int failures = 0; failures < MOST_FAILURES; ) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                BackendProvider provider = providers.next();
                found.putIfAbsent(provider.getClass(), provider);
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                System.getLogger("dev.unroll")
                        .log(Level.WARNING, "a backend could not be loaded: {0}", e.toString());
            }
        }
    }

    private static void announce(Choice choice) {
        System.getLogger("dev.unroll")
                .log(
                        choice.fallback() ? Level.WARNING : Level.INFO,
                        "backend {0} ({1}): {2}",
                        choice.backend().name(),
                        choice.backend().description(),
                        choice.reason());
    }
}
