package dev.unroll.watch;

import dev.unroll.nn.Observer;
import dev.unroll.tensor.Probe;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers the gradients of one unrolling, as they come back, and sorts them by distance to the end.
 */
final class FlowRecorder implements Observer.Steps {
    /** Squared norms by step, then by sequence, longest first. */
    private final Map<Observer.Flow, List<double[]>> squares = new EnumMap<>(Observer.Flow.class);

    private final List<Integer> running = new ArrayList<>();

    @Override
    public Tensor at(Observer.Flow flow, int step, Tensor x) {
        int rows = x.dim(0);
        while (running.size() <= step) {
            running.add(rows);
        }
        List<double[]> steps = squares.computeIfAbsent(flow, _ -> new ArrayList<>());
        while (steps.size() <= step) {
            steps.add(new double[0]);
        }
        double[] sums = new double[rows];
        steps.set(step, sums);
        return Probe.of(x, gradient -> addSquares(gradient, sums));
    }

    private static void addSquares(Tensor gradient, double[] sums) {
        float[] values = gradient.toArray();
        int width = sums.length == 0 ? 0 : values.length / sums.length;
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < width; j++) {
                double value = values[i * width + j];
                sums[i] += value * value;
            }
        }
    }

    private int[] lengths() {
        int[] lengths = new int[running.isEmpty() ? 0 : running.getFirst()];
        for (int rows : running) {
            for (int s = 0; s < rows; s++) {
                lengths[s]++;
            }
        }
        return lengths;
    }

    /** Adds what was seen, by the number of steps that follow. */
    void into(FlowSums sums) {
        int[] lengths = lengths();
        squares.forEach(
                (flow, steps) -> {
                    for (int t = 0; t < steps.size(); t++) {
                        double[] rows = steps.get(t);
                        for (int s = 0; s < rows.length; s++) {
                            sums.add(flow, lengths[s] - 1 - t, rows[s]);
                        }
                    }
                });
        sums.longest(Arrays.stream(lengths).max().orElse(0));
    }
}
