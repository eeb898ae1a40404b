package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.BarChart;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Fit;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Mask;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Which of two marked tokens came first: a Transformer cannot tell without positions. */
public final class PositionsMatter implements Experiment {
    private static final int WIDTH = 32;
    private static final int LONGEST = 128;
    private static final int TRAINED = 16;

    @Override
    public String name() {
        return "positions";
    }

    @Override
    public Finding run(Trials trials) {
        int[] lengths = trials.pick(new int[] {16, 24, 32, 64, 128}, new int[] {16, 64});
        List<BarChart.Bar> bars = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        Finding finding = new Finding();
        for (String kind : List.of("none", "sinusoidal", "learned", "rotary", "gru")) {
            Map<Seed, SequenceClassifier> models = new HashMap<>();
            Line line =
                    trials.line(
                            kind,
                            lengths,
                            (n, s) ->
                                    accuracy(
                                            models.computeIfAbsent(
                                                    s, x -> trained(kind, trials, x)),
                                            n,
                                            s));
            Line.Point first = line.points().getFirst();
            lines.add(line);
            bars.add(new BarChart.Bar(kind, first.y(), first.low(), first.high()));
            finding.number(kind, first.y()).number(kind + ".long", line.end());
        }
        Spread blind = trials.measure(s -> moved(Positions.Kind.NONE, s));
        Spread seeing = trials.measure(s -> moved(Positions.Kind.SINUSOIDAL, s));
        Axis accuracy = Axis.linear("accuracy, %");
        return finding.number("blind", blind.high())
                .number("seeing", seeing.low())
                .chart(
                        "positions-accuracy",
                        new BarChart("Which came first, at the trained length", accuracy, bars))
                .chart(
                        "positions-length",
                        new LineChart(
                                "Beyond the trained length of 16",
                                Axis.powersOfTwo("length, tokens"),
                                accuracy,
                                lines))
                .effect(
                        "Without positions a permuted input gives the same rows, permuted",
                        blind.high() < 1e-5)
                .effect("With positions it does not", seeing.low() > 1e-2)
                .effect(
                        "Without positions the answer is a guess",
                        Math.abs(bars.get(0).value() - 50) < 10)
                .effect(
                        "With positions it is better than a guess",
                        bars.subList(1, 4).stream().allMatch(b -> b.value() > 70))
                .effect("A recurrent network needs no positions", bars.get(4).value() > 70);
    }

    /** The largest difference between the rows of a permuted input and the permuted rows. */
    private static double moved(Positions.Kind kind, Seed seed) {
        int[] order = {4, 2, 7, 0, 6, 1, 3, 5};
        Tensor x = seed.at("x").normal(1, order.length, WIDTH).value();
        SequenceEncoder encoder = attention(kind, seed);
        Layout one = Layout.of(order.length);
        Tensor permuted =
                encoder.forward(new Sequences(x.gather(order), one), Mode.INFERENCE).rows().rows();
        Tensor rows = encoder.forward(new Sequences(x, one), Mode.INFERENCE).rows().rows();
        float[] difference = permuted.minus(rows.gather(order)).abs().toArray();
        double largest = 0;
        for (float d : difference) {
            largest = Math.max(largest, d);
        }
        return largest;
    }

    private static SequenceEncoder attention(Positions.Kind kind, Seed seed) {
        TransformerShape shape = TransformerShape.of(WIDTH, 4, kind, LONGEST).dropout(0);
        return SequenceEncoder.SelfAttention.of(shape, WIDTH, 2, Mask.NONE, seed);
    }

    private static SequenceClassifier trained(String kind, Trials trials, Seed seed) {
        boolean gru = kind.equals("gru");
        SequenceEncoder encoder =
                gru
                        ? new SequenceEncoder.Recurrence(
                                Recurrent.of(Gru::of, WIDTH, WIDTH, 1, false, 0, seed))
                        : attention(Positions.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), seed);
        SequencePooling.Kind pooling = gru ? SequencePooling.Kind.LAST : SequencePooling.Kind.MEAN;
        SequenceClassifier model = SequenceClassifier.of(encoder, pooling, 0, 10, WIDTH, 2, seed);
        Fit.of(trials.pick(600, 80), 5e-3)
                .train(
                        model,
                        step -> {
                            int[][] ids = examples(32, TRAINED, seed.at((int) step));
                            return model.loss(Tokens.of(List.of(ids)), labels(ids), Mode.INFERENCE);
                        });
        return model;
    }

    private static double accuracy(SequenceClassifier model, int length, Seed seed) {
        int[][] ids = examples(400, length, seed.at("test"));
        int[] said = model.logits(Tokens.of(List.of(ids)), Mode.INFERENCE).argMax();
        int[] right = labels(ids);
        int correct = 0;
        for (int i = 0; i < said.length; i++) {
            correct += said[i] == right[i] ? 1 : 0;
        }
        return 100.0 * correct / said.length;
    }

    /** Random tokens 2 to 9, among which are one 0 and one 1. */
    private static int[][] examples(int count, int length, Seed seed) {
        Random random = new Random(seed.key());
        int[][] ids = new int[count][];
        for (int s = 0; s < count; s++) {
            ids[s] = random.ints(length, 2, 10).toArray();
            int zero = random.nextInt(length);
            ids[s][zero] = 0;
            ids[s][(zero + 1 + random.nextInt(length - 1)) % length] = 1;
        }
        return ids;
    }

    /** 1 where the 0 comes before the 1. */
    private static int[] labels(int[][] ids) {
        return Arrays.stream(ids)
                .mapToInt(
                        row -> {
                            int at = 0;
                            while (row[at] > 1) {
                                at++;
                            }
                            return 1 - row[at];
                        })
                .toArray();
    }
}
