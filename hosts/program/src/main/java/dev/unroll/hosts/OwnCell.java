package dev.unroll.hosts;

import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.CellKind;
import dev.unroll.nn.recurrent.Gru;

/** A kind of cell that the program brings, which {@link java.util.ServiceLoader} finds. */
public final class OwnCell implements CellKind {
    @Override
    public String name() {
        return "own";
    }

    @Override
    public Cell cell(int input, int hidden, Seed seed) {
        return Gru.of(input, hidden, seed);
    }
}
