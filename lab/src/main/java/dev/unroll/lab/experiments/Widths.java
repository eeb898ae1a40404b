package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.MixedPair;
import dev.unroll.lab.kit.MixedPair.Kind;
import dev.unroll.lab.kit.OctalToBinary;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Encoders and decoders of different widths, lengths and vocabularies, in every combination. */
public final class Widths implements Experiment {
    private static final Seed ANY = new Seed(1);
    private static final List<MixedPair> PAIRS =
            List.of(
                    new MixedPair(Kind.GRU, Kind.GRU),
                    new MixedPair(Kind.GRU, Kind.TRANSFORMER),
                    new MixedPair(Kind.TRANSFORMER, Kind.GRU),
                    new MixedPair(Kind.TRANSFORMER, Kind.TRANSFORMER));

    @Override
    public String name() {
        return "widths";
    }

    @Override
    public Finding run(Trials trials) {
        List<List<String>> across = new ArrayList<>();
        boolean kept = true;
        for (Sequences y : List.of(rows(5, 8), rows(7, 10), rows(1, 14))) {
            for (Sequences x : List.of(rows(5, 8), rows(3, 16))) {
                var attention = MultiHeadAttention.cross(x.width(), y.width(), 2, 2, ANY);
                Tensor q = attention.query().forward(x.rows());
                Tensor k = attention.key().forward(y.rows());
                Tensor weights = attention.attentionWeights(x, y, Masks.NONE, 0);
                Tensor result = attention.forward(x, y, Masks.NONE).rows();
                across.add(shapes(y.rows(), x.rows(), q, k, weights, result));
                kept &= result.shape().equals(x.rows().shape());
            }
        }
        OctalToBinary one = OctalToBinary.of(1, ANY);
        List<List<String>> table = new ArrayList<>();
        for (MixedPair pair : PAIRS) {
            EncoderDecoder model = pair.model(ANY);
            Tensor memory = model.encoder().encode(one.octal(), Mode.INFERENCE).rows().rows();
            List<String> row = new ArrayList<>(List.of(pair.toString()));
            row.addAll(shapes(memory, MixedPair.logits(model, one)));
            row.add(MixedPair.projections(model));
            table.add(row);
        }
        int steps = trials.pick(500, 60);
        List<String> names = PAIRS.stream().map(MixedPair::toString).toList();
        var losses = trials.curves(names, (i, seed) -> PAIRS.get(i).losses(steps, seed));
        Axis step = Axis.linear("step");
        Axis nats = Axis.logarithmic("loss of a token, nats");
        Finding finding =
                new Finding()
                        .table(
                                List.of(
                                        "encoder", "decoder", "queries", "keys", "weights",
                                        "result"),
                                across)
                        .table(List.of("pair", "memory", "logits", "projections"), table)
                        .text("What is refused, in the words of the errors:")
                        .output(refused(() -> rows(3, 8).rows().matmul(rows(10, 7).rows())))
                        .output(refused(() -> misfit(Kind.TRANSFORMER, one)))
                        .output(refused(() -> misfit(Kind.GRU, one)))
                        .output(refused(() -> Alignment.of(Alignment.Kind.DOT, 24, 20, ANY)))
                        .chart("widths", new LineChart("Octal to binary", step, nats, losses));
        for (int i = 0; i < names.size(); i++) {
            finding.number(names.get(i).replace(" to ", "."), losses.get(i).end());
        }
        return finding.effect("The result is as long and as wide as the decoder's rows", kept)
                .effect(
                        "The loss of every pair falls",
                        losses.stream().allMatch(l -> l.end() < 0.9 * l.points().getFirst().y()));
    }

    /** A decoder for rows of 12 numbers behind an encoder whose rows have 20. */
    private static void misfit(Kind kind, OctalToBinary x) {
        var decoder = MixedPair.decoder(kind, 12, ANY);
        MixedPair.logits(new EncoderDecoder(MixedPair.encoder(Kind.GRU, ANY), decoder), x);
    }

    private static Sequences rows(int count, int width) {
        return new Sequences(ANY.normal(1, count, width).value(), Layout.of(count));
    }

    private static List<String> shapes(Tensor... tensors) {
        return Arrays.stream(tensors).map(tensor -> tensor.shape().toString()).toList();
    }

    private static String refused(Runnable attempt) {
        try {
            attempt.run();
            return "no error";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
