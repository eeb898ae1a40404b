package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.AddingProblem;
import dev.unroll.lab.kit.Network;
import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.SpectralRadius;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Clip;
import dev.unroll.train.OptimiserState;
import dev.unroll.train.Sgd;
import java.util.Arrays;
import java.util.List;

/** An Elman network with ReLU where gradients explode, with three ways to clip them. */
public final class Clipping implements Experiment {
    private static final int LENGTH = 40;
    private static final int HIDDEN = 32;

    @Override
    public String name() {
        return "clipping";
    }

    @Override
    public Finding run(Trials trials) {
        int steps = trials.pick(300, 100);
        var names = List.of("none", "norm 1", "value 1", "value 0.03");
        var clips = List.of(Clip.NONE, Clip.norm(1), Clip.value(1), Clip.value(0.03));
        var losses = trials.curves(names, (i, seed) -> train(clips.get(i), steps, seed)[0]);
        var norms = trials.curves(names, (i, seed) -> train(clips.get(i), steps, seed)[1]);
        Axis x = Axis.linear("step");
        Axis loss = Axis.logarithmic("mean squared error");
        Axis norm = Axis.logarithmic("length of the gradient before it is clipped");
        Finding finding =
                new Finding()
                        .chart("clipping-loss", new LineChart("Adding problem", x, loss, losses))
                        .chart("clipping-norm", new LineChart("Gradients explode", x, norm, norms));
        for (Line line : losses) {
            finding.number(line.label().replace(' ', '-') + ".early", early(line))
                    .number(line.label().replace(' ', '-') + ".end", line.end());
        }
        return finding.effect("Without clipping the training breaks", losses.get(0).end() > 1e6)
                .effect("Clipped to a norm of 1 it does not", losses.get(1).end() < 1);
    }

    /** The highest loss of the seeds after 50 steps. */
    private static double early(Line line) {
        return line.points().stream().filter(p -> p.x() >= 50).findFirst().orElseThrow().high();
    }

    /** Smoothed loss and gradient norm at each step; infinite from where the training breaks. */
    private static double[][] train(Clip clip, int steps, Seed seed) {
        Network network = Network.of(Clipping::cell, 2, HIDDEN, 1, seed);
        OptimiserState state = OptimiserState.of(Sgd.plain(), network.parameters());
        double[][] seen = new double[2][steps];
        for (int step = 0; step < steps; step++) {
            AddingProblem batch = AddingProblem.of(32, LENGTH, 1000 * seed.key() + step);
            Gradients gradients = Gradients.of(() -> batch.loss(network.answer(batch.inputs())));
            if (!Float.isFinite(gradients.loss())) {
                Arrays.fill(seen[0], step, steps, Double.POSITIVE_INFINITY);
                Arrays.fill(seen[1], step, steps, Double.POSITIVE_INFINITY);
                break;
            }
            double before = step == 0 ? gradients.loss() : seen[0][step - 1];
            seen[0][step] = 0.95 * before + 0.05 * gradients.loss();
            seen[1][step] =
                    Sgd.plain().step(network.parameters(), gradients, state, 0.02, clip, step + 1);
        }
        return seen;
    }

    /** A cell whose recurrent matrix is scaled to a spectral radius of 1.3. */
    private static Elman cell(int input, int hidden, Seed seed) {
        Elman cell = Elman.of(Elman.Activation.RELU, input, hidden, seed);
        Tensor wh = cell.wh().value();
        float[] scaled = wh.times((float) (1.3 / SpectralRadius.of(wh))).toArray();
        return new Elman(cell.f(), cell.wx(), Parameter.of(scaled, hidden, hidden), cell.b());
    }
}
