package dev.unroll.bench.recurrent;

/**
 * The sizes of a language model and of its batch.
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
