package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Length;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.SpectralRadius;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The gradient through a linear recurrence is a power of its matrix. */
public final class Polynomial implements Experiment {
    private static final int WIDTH = 32;
    private static final int[] STEPS = {0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60};

    @Override
    public String name() {
        return "polynomial";
    }

    @Override
    public Finding run(Trials trials) {
        List<Line> lines = new ArrayList<>();
        Finding finding = new Finding();
        for (double radius : new double[] {0.9, 1.0, 1.1}) {
            Line line =
                    trials.line(
                            "radius " + radius,
                            STEPS,
                            (steps, s) -> Length.of(gradient(matrix(radius, s), steps)));
            double slope = Math.log(line.end() / line.points().get(4).y()) / 40;
            finding.number("slope-" + radius, slope)
                    .effect(
                            "At radius %s the slope is within 0.03 of ln %s"
                                    .formatted(radius, radius),
                            Math.abs(slope - Math.log(radius)) < 0.03);
            lines.add(line);
        }
        Axis x = Axis.linear("steps T");
        Axis y = Axis.logarithmic("length of the gradient of h(T) by h(0)");
        return finding.chart(
                        "polynomial", new LineChart("The spectral radius decides", x, y, lines))
                .effect(
                        "The gradient is the power of the matrix, to rounding",
                        trials.measure(s -> difference(matrix(1.0, s), 10)).high() < 1e-4);
    }

    /** A random matrix, scaled to a spectral radius. */
    private static Tensor matrix(double radius, Seed seed) {
        Tensor w = seed.normal(1 / Math.sqrt(WIDTH), WIDTH, WIDTH).value();
        return w.times((float) (radius / SpectralRadius.of(w)));
    }

    /** The gradient of the sum of h(T) by h(0), through h(t) = h(t−1)·W, [1, width]. */
    private static Tensor gradient(Tensor w, int steps) {
        Tensor first = Tensor.full(1, 1, WIDTH);
        return Gradients.of(
                        () -> {
                            Tensor h = first;
                            for (int t = 0; t < steps; t++) {
                                h = h.matmul(w);
                            }
                            return h.sum();
                        },
                        first)
                .of(first);
    }

    /** The distance of that gradient from W^T·1, where W^T is multiplied out. */
    private static double difference(Tensor w, int steps) {
        Tensor power = w;
        for (int t = 1; t < steps; t++) {
            power = power.matmul(w);
        }
        Tensor expected = power.matmul(Tensor.full(1, WIDTH, 1)).reshape(1, WIDTH);
        return Length.of(gradient(w, steps).minus(expected)) / Length.of(expected);
    }
}
