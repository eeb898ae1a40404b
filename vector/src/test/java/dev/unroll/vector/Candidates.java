package dev.unroll.vector;

import dev.unroll.backend.Backend;
import dev.unroll.backend.scalar.ScalarBackend;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The backends that the conformance suite holds to the formulas. */
final class Candidates {
    static final Backend SCALAR = new ScalarBackend();
    private static final Backend VECTOR = new VectorBackend(2, WarmUp.Rule.VECTORS);
    private static final Backend PLAIN = new VectorBackend(2, WarmUp.Rule.PLAIN);

    private Candidates() {}

    static Stream<Named<Backend>> all() {
        return Stream.concat(Stream.of(Named.of("scalar", SCALAR)), offered());
    }

    /** All but the reference. */
    static Stream<Named<Backend>> offered() {
        return Stream.of(Named.of("vector", VECTOR), Named.of("vector, plain", PLAIN));
    }
}
