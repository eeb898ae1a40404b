package dev.unroll.nn.recurrent;

import dev.unroll.nn.Seed;

/**
 * A kind of recurrent cell with the name by which recipes ask for it. One's own kind is found
 * through {@link java.util.ServiceLoader}: a public class with a public constructor without
 * parameters implements this interface and is named in {@code
 * META-INF/services/dev.unroll.nn.recurrent.CellKind}, or by {@code provides
 * dev.unroll.nn.recurrent.CellKind with ..} in a module. {@link Cells} lists the kinds there are.
 */
public interface CellKind extends CellFactory {

    /** {@return the name, in lower case, such as {@code lstm}} */
    String name();

    /** {@return a kind with this name whose cells the factory makes} */
    static CellKind of(String name, CellFactory factory) {
        return new Named(name, factory);
    }

    /**
     * A kind made of a name and a factory.
     *
     * @param name in lower case
     * @param factory makes the cells
     */
    record Named(String name, CellFactory factory) implements CellKind {
        @Override
        public Cell cell(int input, int hidden, Seed seed) {
            return factory.cell(input, hidden, seed);
        }
    }
}
