package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A long sequence with a label for each place, from which pieces are taken.
 *
 * @param width numbers in a row
 * @param classes how many labels there are
 * @param row the row [width] of a place
 * @param labels one for each place, from 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record LabelledStream(int width, int classes, IntFunction<float[]> row, int[] labels) {

    /** Symbols, whose rows have a single 1. */
    public static LabelledStream ofSymbols(int[] symbols, int kinds, int classes, int[] labels) {
        return new LabelledStream(
                kinds,
                classes,
                place -> {
                    float[] row = new float[kinds];
                    row[symbols[place]] = 1;
                    return row;
                },
                labels);
    }

    /**
     * Pieces of equal length.
     *
     * @param x rows [pieces·length, width]
     * @param labels [pieces·length]
     */
    public record Pieces(Sequences x, int[] labels) {}

    /** {@return pieces from random places} */
    public Pieces draw(int pieces, int length, Seed seed) {
        Random random = new Random(seed.key());
        return at(random.ints(pieces, 0, labels.length - length).toArray(), length);
    }

    /** {@return the first pieces, end to end} */
    public Pieces first(int pieces, int length) {
        int count = Math.min(pieces, labels.length / length);
        return at(IntStream.range(0, count).map(i -> i * length).toArray(), length);
    }

    private Pieces at(int[] starts, int length) {
        float[] rows = new float[starts.length * length * width];
        int[] right = new int[starts.length * length];
        for (int i = 0; i < right.length; i++) {
            int place = starts[i / length] + i % length;
            System.arraycopy(row.apply(place), 0, rows, i * width, width);
            right[i] = labels[place];
        }
        return new Pieces(
                new Sequences(
                        Tensor.of(rows, right.length, width), Layout.even(starts.length, length)),
                right);
    }

    /** {@return the places from one to before another} */
    public LabelledStream between(int from, int to) {
        return new LabelledStream(
                width,
                classes,
                place -> row.apply(from + place),
                Arrays.copyOfRange(labels, from, to));
    }
}
