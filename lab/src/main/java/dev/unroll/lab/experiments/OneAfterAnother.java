package dev.unroll.lab.experiments;

import dev.unroll.backend.Backends;
import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.OneHot;
import dev.unroll.lab.kit.Stopwatch;
import dev.unroll.lab.kit.Writing;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.LanguageModel;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** The time of a token when language models are trained, and when they write. */
public final class OneAfterAnother implements Experiment {
    private static final Seed SEED = new Seed(1);
    private static final int WIDTH = 64;
    private static final int VOCABULARY = 64;
    private static final int TOKENS = 2048;

    @Override
    public String name() {
        return "one-after-another";
    }

    @Override
    public Finding run(Trials trials) {
        int[] lengths = trials.pick(new int[] {16, 64, 256, 1024, 2048}, new int[] {16, 2048});
        int[] written = trials.pick(new int[] {64, 256, 1024}, new int[] {64, 1024});
        Stopwatch watch = new Stopwatch(trials.quick() ? 0.2 : 2, trials.pick(7, 3));
        List<Line> training = new ArrayList<>();
        List<Line> writing = new ArrayList<>();
        for (String kind : List.of("elman", "lstm", "transformer")) {
            LanguageModel model = model(kind);
            watch.warmUp(() -> train(model, 64));
            training.add(
                    line(
                            kind,
                            lengths,
                            n -> watch.seconds(() -> train(model, n)).times(1e6 / TOKENS)));
            watch.warmUp(() -> Writing.cached(model, 64));
            writing.add(
                    line(
                            kind,
                            written,
                            n -> watch.seconds(() -> Writing.cached(model, n)).times(1e6 / n)));
        }
        TransformerLanguageModel transformer = transformer();
        watch.warmUp(() -> Writing.again(transformer, 64));
        Line again =
                line(
                        "no cache",
                        written,
                        n ->
                                watch.seconds(() -> Writing.again(transformer, n))
                                        .times(1e6 / Writing.PLACES));
        writing.add(again);
        Axis x = Axis.powersOfTwo("length of a sequence, tokens");
        Axis us = Axis.logarithmic("microseconds a token");
        Finding finding =
                new Finding()
                        .chart(
                                "one-training",
                                new LineChart("Training on 2,048 tokens", x, us, training))
                        .chart("one-writing", new LineChart("Writing", x, us, writing))
                        .number("cores", "" + Backends.current().threads())
                        .number("no-cache", again.end())
                        .number("cache.gain", again.end() / writing.get(2).end());
        for (int i = 0; i < 3; i++) {
            finding.number(
                            training.get(i).label() + ".short",
                            training.get(i).points().getFirst().y())
                    .number(training.get(i).label() + ".long", training.get(i).end())
                    .number(training.get(i).label() + ".written", writing.get(i).end());
        }
        return finding.timedEffect(
                        "At 1,024 tokens writing without a cache takes at least 3 times as long a token as with it",
                        low(again) > 3 * low(writing.get(2)))
                .timedEffect(
                        "An LSTM trains longer on one long sequence than on as many tokens in 128 short ones",
                        low(training.get(1)) > training.get(1).points().getFirst().low());
    }

    private static double low(Line line) {
        return line.points().getLast().low();
    }

    private static Line line(String label, int[] lengths, IntFunction<Spread> time) {
        return new Line(label, Arrays.stream(lengths).mapToObj(n -> time.apply(n).at(n)).toList());
    }

    private static LanguageModel model(String kind) {
        return kind.equals("transformer")
                ? transformer()
                : RecurrentLanguageModel.of(
                        Cells.named(kind), VOCABULARY, WIDTH, WIDTH, 1, 0, SEED);
    }

    private static TransformerLanguageModel transformer() {
        TransformerShape shape =
                TransformerShape.of(WIDTH, 4, Positions.Kind.SINUSOIDAL, 2048).dropout(0);
        return TransformerLanguageModel.of(shape, 1, VOCABULARY, SEED);
    }

    /** Derivatives of the same number of tokens, in sequences of a length. */
    private static double train(LanguageModel model, int length) {
        int[][] ids = OneHot.draw(VOCABULARY, TOKENS / length, length, SEED);
        Tokens tokens = Tokens.of(List.of(ids));
        return MemoryScope.run(
                () -> Gradients.of(() -> model.loss(tokens, tokens.ids(), Mode.INFERENCE)).loss());
    }
}
