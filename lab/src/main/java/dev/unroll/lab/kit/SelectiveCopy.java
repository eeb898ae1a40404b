package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Selective copying (Gu and Dao 2023, "Mamba", section 4.1.1): some symbols stand at random places
 * among noise, and at the end, where a signal repeats, they are asked for in their order. The gaps
 * differ from example to example, so that nothing but their content tells the symbols from the
 * noise.
 *
 * @param kinds of symbols, from 2; tokens 0 to kinds − 1 are symbols, the next is the noise, and
 *     the last the signal
 * @param symbols to be copied, from 1
 * @param noise tokens among and behind them, from 0
 */
public record SelectiveCopy(int kinds, int symbols, int noise) implements Remembered {
    public SelectiveCopy {
        if (kinds < 2 || symbols < 1 || noise < 0) {
            throw new IllegalArgumentException(
                    "selective copying takes at least 2 kinds, 1 symbol and no noise, not %d, %d and %d"
                            .formatted(kinds, symbols, noise));
        }
    }

    @Override
    public int vocabulary() {
        return kinds + 2;
    }

    @Override
    public int length() {
        return 2 * symbols + noise;
    }

    @Override
    public Example example(Seed seed) {
        Random random = new Random(seed.key());
        int read = symbols + noise;
        int[] ids = new int[length()];
        int[] answers = new int[symbols];
        int[] sources = new int[symbols];
        int drawn = 0;
        for (int t = 0; t < read; t++) {
            boolean symbol = random.nextInt(read - t) < symbols - drawn;
            ids[t] = symbol ? random.nextInt(kinds) : kinds;
            if (symbol) {
                answers[drawn] = ids[t];
                sources[drawn++] = t;
            }
        }
        int[] places = IntStream.range(read, length()).toArray();
        for (int place : places) {
            ids[place] = kinds + 1;
        }
        return new Example(ids, places, answers, sources);
    }
}
