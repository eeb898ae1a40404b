package dev.unroll.nn.layers;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.Sizes;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.Arrays;

/**
 * A learnt row of numbers for each token.
 *
 * @param weight [vocabulary, width]
 */
public record Embedding(Parameter weight) {

    /** Rows from the normal distribution with the given deviation. */
    public static Embedding of(int vocabulary, int width, double deviation, Seed seed) {
        Sizes.check("embedding", "vocabulary", vocabulary, "width", width);
        return new Embedding(seed.at("weight").normal(deviation, vocabulary, width));
    }

    /** ids [tokens] give [tokens, width]. */
    public Tensor forward(int... ids) {
        return weight.value().gather(ids);
    }

    /**
     * The rows of tokens by index: each token that occurs is looked up once.
     *
     * @param ids [tokens]
     */
    public IndexedRows pick(int... ids) {
        int[] place = new int[vocabulary()];
        for (int id : ids) {
            if (id < 0 || id >= place.length) {
                throw new IllegalArgumentException(
                        "embedding: there is no token %d in a vocabulary of %d"
                                .formatted(id, place.length));
            }
            place[id] = 1;
        }
        int distinct = 0;
        for (int id = 0; id < place.length; id++) {
            place[id] = place[id] == 0 ? -1 : distinct++;
        }
        if (distinct == place.length) {
            return new IndexedRows(weight.value(), ids);
        }
        int[] present = new int[distinct];
        for (int id = 0; id < place.length; id++) {
            if (place[id] >= 0) {
                present[place[id]] = id;
            }
        }
        return new IndexedRows(forward(present), Arrays.stream(ids).map(id -> place[id]).toArray());
    }

    /**
     * The rows of tokens after dropout, by index: where it acts, a token has other numbers at each
     * place, else each token that occurs is looked up once.
     */
    public IndexedRows rows(Tokens tokens, Dropout dropout, Mode mode) {
        return dropout.acts(mode)
                ? IndexedRows.each(dropout.forward(forward(tokens.ids()), mode))
                : pick(tokens.ids());
    }

    /** Token numbers give rows. */
    public Sequences forward(Tokens tokens) {
        return new Sequences(forward(tokens.ids()), tokens.layout());
    }

    /** Numbers in a row. */
    public int width() {
        return weight.shape().dim(1);
    }

    /** Number of tokens. */
    public int vocabulary() {
        return weight.shape().dim(0);
    }
}
