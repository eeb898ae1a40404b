package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.LayerNorm;
import dev.unroll.tensor.Tensor;
import java.util.List;

/** Rows behind residual layers, with a norm, with divided branches, and without either. */
public final class ResidualDepth implements Experiment {
    private static final int[] DEPTHS = {1, 2, 4, 8, 16, 32};
    private static final int WIDTH = 64;

    @Override
    public String name() {
        return "residual-depth";
    }

    @Override
    public Finding run(Trials trials) {
        var lines =
                List.of(
                        trials.line("neither", DEPTHS, (n, s) -> size(n, false, 1, s)),
                        trials.line("f/√layers", DEPTHS, (n, s) -> size(n, false, Math.sqrt(n), s)),
                        trials.line("layer norm", DEPTHS, (n, s) -> size(n, true, 1, s)));
        Axis x = Axis.powersOfTwo("layers");
        Axis y = Axis.logarithmic("root mean square of a row");
        return new Finding()
                .chart("residual-depth", new LineChart("Rows behind residual layers", x, y, lines))
                .number("neither", lines.get(0).end())
                .number("scaled", lines.get(1).end())
                .number("norm", lines.get(2).end())
                .effect("Without a norm rows explode", lines.get(0).end() > 1_000)
                .effect("With a norm they grow slowly", lines.get(2).end() < 10)
                .effect("With divided branches they hardly grow", lines.get(1).end() < 3);
    }

    /** The size of x after x ← x + f(norm(x))/divisor in each layer, f a random matrix. */
    private static double size(int layers, boolean norm, double divisor, Seed seed) {
        Tensor x = seed.at("x").normal(1, 32, WIDTH).value();
        for (int layer = 0; layer < layers; layer++) {
            Tensor f = seed.at(layer).normal(1 / Math.sqrt(WIDTH), WIDTH, WIDTH).value();
            Tensor in = norm ? LayerNorm.of(WIDTH).forward(x) : x;
            x = x.plus(in.matmul(f).times((float) (1 / divisor)));
        }
        return Math.sqrt(x.square().mean().item());
    }
}
