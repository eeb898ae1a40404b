package dev.unroll.lab.kit;

import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up texts to be rewritten, of any length. */
public enum Rewriting {
    /** Symbols 0 to 9, to be said again. */
    COPY(10, 10) {
        @Override
        int[][] draw(int length, Random random) {
            int[] symbols = random.ints(length, 0, 10).toArray();
            return new int[][] {symbols, symbols};
        }
    },
    /** Symbols 0 to 9, to be said again from the last to the first. */
    REVERSE(10, 10) {
        @Override
        int[][] draw(int length, Random random) {
            int[] symbols = random.ints(length, 0, 10).toArray();
            int[] back = new int[length];
            for (int i = 0; i < length; i++) {
                back[i] = symbols[length - 1 - i];
            }
            return new int[][] {symbols, back};
        }
    },
    /**
     * Dates strung together, as words: day, month in one of three languages, year from 2000 to
     * 2029. They are to be written as year, month and day in numbers.
     */
    DATES(31 + 3 * 12 + 30, 30 + 12 + 31) {
        @Override
        int[][] draw(int length, Random random) {
            int[] source = new int[length];
            int[] target = new int[length];
            for (int i = 0; i + 2 < length; i += 3) {
                int day = random.nextInt(31);
                int month = random.nextInt(12);
                int year = random.nextInt(30);
                source[i] = day;
                source[i + 1] = 31 + 12 * random.nextInt(3) + month;
                source[i + 2] = 31 + 3 * 12 + year;
                target[i] = year;
                target[i + 1] = 30 + month;
                target[i + 2] = 30 + 12 + day;
            }
            return new int[][] {source, target};
        }
    };

    private final int read;
    private final int written;

    Rewriting(int read, int written) {
        this.read = read;
        this.written = written;
    }

    /** {@return how many tokens a source is made of} */
    public int read() {
        return read;
    }

    /** {@return how many tokens a target is made of, from 0} */
    public int written() {
        return written;
    }

    abstract int[][] draw(int length, Random random);

    /** Sources and targets of a batch. */
    public record Batch(Tokens source, Tokens target) {}

    /**
     * {@return a batch of texts}
     *
     * @param lengths one a text, in tokens; of dates a multiple of three
     */
    public Batch batch(int[] lengths, Random random) {
        List<int[]> sources = new ArrayList<>();
        List<int[]> targets = new ArrayList<>();
        for (int length : lengths) {
            int[][] pair = draw(length, random);
            sources.add(pair[0]);
            targets.add(pair[1]);
        }
        return new Batch(Tokens.of(sources), Tokens.of(targets));
    }
}
