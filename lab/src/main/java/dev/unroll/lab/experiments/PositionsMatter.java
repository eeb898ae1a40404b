package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Fit;
import dev.unroll.lab.kit.Order;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Which of two tokens came first, with each kind of positions, and beyond the trained length. */
public final class PositionsMatter implements Experiment {
    private static final List<String> KINDS =
            List.of("none", "sinusoidal", "learned", "rotary", "gru");
    private static final int WIDTH = 32;
    private static final int TRAINED = 16;
    private static final int LONGEST = 128;

    @Override
    public String name() {
        return "positions";
    }

    @Override
    public Finding run(Trials trials) {
        int[] lengths = trials.pick(new int[] {16, 24, 32, 64, 128}, new int[] {16, 64});
        int steps = trials.pick(600, 80);
        List<Line> lines = new ArrayList<>();
        Finding finding = new Finding();
        for (String kind : KINDS) {
            Function<Seed, SequenceClassifier> model = Trials.once(s -> trained(kind, steps, s));
            Line line =
                    trials.line(
                            kind,
                            lengths,
                            (n, s) -> Order.of(400, n, s.at("test")).accuracy(model.apply(s)));
            lines.add(line);
            finding.number(kind, line.points().getFirst().y()).number(kind + ".long", line.end());
        }
        double[] learnt = lines.stream().mapToDouble(l -> l.points().getFirst().y()).toArray();
        Axis x = Axis.powersOfTwo("length, tokens; trained at 16");
        Axis y = Axis.linear("accuracy, %; 50 is a guess");
        return finding.chart("positions", new LineChart("Which came first", x, y, lines))
                .effect("Without positions the answer is a guess", Math.abs(learnt[0] - 50) < 10)
                .effect("With sines and cosines it is not", learnt[1] > 70)
                .effect("With learnt positions it is not", learnt[2] > 70)
                .effect("With rotary positions it is not", learnt[3] > 70)
                .effect("A recurrent network needs no positions", learnt[4] > 70);
    }

    private static SequenceClassifier trained(String kind, int steps, Seed seed) {
        boolean gru = kind.equals("gru");
        SequenceEncoder encoder = gru ? recurrence(seed) : attention(kind, seed);
        var pooling = gru ? SequencePooling.Kind.LAST : SequencePooling.Kind.MEAN;
        SequenceClassifier model =
                SequenceClassifier.of(encoder, pooling, 0, Order.VOCABULARY, WIDTH, 2, seed);
        Fit.of(steps, 5e-3)
                .train(model, step -> Order.of(32, TRAINED, seed.at((int) step)).loss(model));
        return model;
    }

    private static SequenceEncoder recurrence(Seed seed) {
        return new SequenceEncoder.Recurrence(
                Recurrent.of(Gru::of, WIDTH, WIDTH, 1, false, 0, seed));
    }

    private static SequenceEncoder attention(String kind, Seed seed) {
        var positions = Positions.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
        TransformerShape shape = TransformerShape.of(WIDTH, 4, positions, LONGEST).dropout(0);
        return SequenceEncoder.SelfAttention.of(shape, WIDTH, 2, Masks.NONE, seed);
    }
}
