package dev.unroll.bench.recurrent;

/**
 * How big a language model and its batch are.
 *
 * @param batch sequences
 * @param time steps of each
 * @param hidden units, and numbers in a row of the embedding
 * @param vocabulary tokens
 */
record Size(int batch, int time, int hidden, int vocabulary) {

    int tokens() {
        return batch * time;
    }

    @Override
    public String toString() {
        return batch + "x" + time + "x" + hidden + "x" + vocabulary;
    }
}
