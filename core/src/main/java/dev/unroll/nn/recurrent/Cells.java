package dev.unroll.nn.recurrent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The kinds of recurrent cells by name: those of this package, and those that {@link ServiceLoader}
 * finds by the class loader and the module layer of Unroll and by the class loader of the calling
 * thread.
 */
public final class Cells {
    private static final List<CellKind> OWN =
            List.of(
                    CellKind.of("elman", Elman::of),
                    CellKind.of("lstm", Lstm::of),
                    CellKind.of("gru", Gru::of));

    private Cells() {}

    /** {@return the names of all kinds: Unroll's own, then those found} */
    public static List<String> names() {
        return List.copyOf(kinds().keySet());
    }

    /**
     * {@return the kind of this name}
     *
     * @throws IllegalArgumentException if there is none; the message lists the kinds there are
     */
    public static CellKind named(String name) {
        Map<String, CellKind> kinds = kinds();
        CellKind kind = kinds.get(name);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "there is no cell '%s'; there are: %s"
                            .formatted(name, String.join(", ", kinds.keySet())));
        }
        return kind;
    }

    private static Map<String, CellKind> kinds() {
        Map<String, CellKind> kinds = new LinkedHashMap<>();
        OWN.forEach(kind -> kinds.put(kind.name(), kind));
        for (CellKind kind : registered()) {
            CellKind before = kinds.putIfAbsent(kind.name(), kind);
            if (before != null) {
                throw new IllegalStateException(
                        "two kinds of cells are named '%s': %s and %s; rename one"
                                .formatted(
                                        kind.name(),
                                        before.getClass().getName(),
                                        kind.getClass().getName()));
            }
        }
        return kinds;
    }

    /** A kind that several class loaders find is one. */
    private static Collection<CellKind> registered() {
        List<ServiceLoader<CellKind>> loaders = new ArrayList<>();
        loaders.add(ServiceLoader.load(CellKind.class, Cells.class.getClassLoader()));
        ModuleLayer layer = Cells.class.getModule().getLayer();
        if (layer != null) {
            loaders.add(ServiceLoader.load(layer, CellKind.class));
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        loaders.add(ServiceLoader.load(CellKind.class, context));
        Map<List<String>, CellKind> found = new LinkedHashMap<>();
        for (ServiceLoader<CellKind> loader : loaders) {
            loader.forEach(
                    kind ->
                            found.putIfAbsent(
                                    List.of(kind.name(), kind.getClass().getName()), kind));
        }
        return found.values();
    }
}
