package dev.unroll.nn.recurrent;

import dev.unroll.services.Services;
import java.util.List;
import java.util.Map;

/**
 * The kinds of recurrent cells by name: those of this package, and those that {@link Services}
 * finds.
 */
public final class Cells {
    private static final List<CellKind> OWN =
            List.of(
                    CellKind.of("elman", Elman::of),
                    elman("elman-relu", Elman.Activation.RELU),
                    elman("elman-sigmoid", Elman.Activation.SIGMOID),
                    CellKind.of("lstm", Lstm::of),
                    CellKind.of("gru", Gru::of),
                    CellKind.of("mingru", MinGru::of),
                    CellKind.of("minlstm", MinLstm::of));

    private Cells() {}

    private static CellKind elman(String name, Elman.Activation f) {
        return CellKind.of(name, (input, hidden, seed) -> Elman.of(f, input, hidden, seed));
    }

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
        return Services.byName(CellKind.class, CellKind::name, OWN);
    }
}
