package dev.unroll.lab;

import dev.unroll.chart.Line;
import dev.unroll.nn.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * How often and how long an experiment measures.
 *
 * @param quick for the tests: one pass of a few seconds, which shows the sign of each effect but
 *     not its size
 * @param seeds a repetition for each
 */
public record Trials(boolean quick, List<Long> seeds) {
    public Trials {
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("an experiment needs at least one seed");
        }
    }

    /** The figures of the page: three seeds. */
    public static Trials full() {
        return new Trials(false, LongStream.rangeClosed(1, 3).boxed().toList());
    }

    /** A few seconds: one seed, small sizes. */
    public static Trials fast() {
        return new Trials(true, List.of(1L));
    }

    /** {@return the first number in a full run, the second in a quick one} */
    public int pick(int full, int fast) {
        return quick ? fast : full;
    }

    /** {@return the first numbers in a full run, the second in a quick one} */
    public int[] pick(int[] full, int[] fast) {
        return quick ? fast.clone() : full.clone();
    }

    /** {@return a quantity, measured once with each seed} */
    public Spread measure(ToDoubleFunction<Seed> quantity) {
        return Spread.of(
                seeds.stream().mapToDouble(s -> quantity.applyAsDouble(new Seed(s))).toArray());
    }

    /**
     * {@return a function that makes something once for each seed, and then gives it again}
     *
     * @param <T> such as a trained network
     */
    public static <T> Function<Seed, T> once(Function<Seed, T> maker) {
        Map<Seed, T> made = new HashMap<>();
        return seed -> made.computeIfAbsent(seed, maker);
    }

    /** A quantity that depends on one number. */
    @FunctionalInterface
    public interface Measure {
        /** {@return the quantity at x, measured with a seed} */
        double of(int x, Seed seed);
    }

    /** {@return a line of medians over some numbers, with the range of the seeds as a band} */
    public Line line(String label, int[] xs, Measure quantity) {
        List<Line.Point> points = new ArrayList<>();
        for (int x : xs) {
            points.add(measure(seed -> quantity.of(x, seed)).at(x));
        }
        return new Line(label, points);
    }

    /**
     * {@return a line for a series that each seed gives whole, with the range as a band} Of a long
     * series about a hundred points are shown.
     *
     * @param series from index to value; equally long for each seed
     */
    public Line curve(String label, Function<Seed, double[]> series) {
        List<double[]> runs = seeds.stream().map(s -> series.apply(new Seed(s))).toList();
        int length = runs.getFirst().length;
        List<Line.Point> points = new ArrayList<>();
        for (int i = 0; i < length; i += Math.max(1, length / 100)) {
            int at = i;
            points.add(Spread.of(runs.stream().mapToDouble(run -> run[at]).toArray()).at(i));
        }
        return new Line(label, points);
    }

    /** A series that depends on which of several networks or settings is meant. */
    @FunctionalInterface
    public interface Series {
        /** {@return the series of the setting with this index, from 0, made with a seed} */
        double[] of(int index, Seed seed);
    }

    /** {@return a {@link #curve} for each label} */
    public List<Line> curves(List<String> labels, Series series) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            int index = i;
            lines.add(curve(labels.get(i), seed -> series.of(index, seed)));
        }
        return lines;
    }
}
