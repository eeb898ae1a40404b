package dev.unroll.nn.recurrent;

import dev.unroll.nn.Seed;

/** Makes the cells of a stack, such as {@code Lstm::of}. */
@FunctionalInterface
public interface CellFactory {

    /**
     * {@return a cell with first weights}
     *
     * @param input the width of the rows that it reads
     * @param hidden the width of its hidden state
     * @param seed its own branch
     */
    Cell cell(int input, int hidden, Seed seed);
}
