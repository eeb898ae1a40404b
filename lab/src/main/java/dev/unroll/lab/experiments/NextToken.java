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
import dev.unroll.lab.kit.NGram;
import dev.unroll.lab.kit.Network;
import dev.unroll.lab.kit.TokenCode;
import dev.unroll.lab.kit.TokenModel;
import dev.unroll.lab.kit.ToyEnglish;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.CrossEntropy;
import java.util.ArrayList;
import java.util.List;

/** One network learns to say the next word as a class, as a number and as a vector. */
public final class NextToken implements Experiment {
    private static final int WORDS = ToyEnglish.WORDS.size();
    private static final int[] THE = {0, WORDS - 1}; // ". the"
    private static final List<String> NAMES =
            List.of("1-gram", "2-gram", "3-gram", "classes", "number", "embedding", "one-hot");

    @Override
    public String name() {
        return "next-token";
    }

    @Override
    public Finding run(Trials trials) {
        int steps = trials.pick(400, 80);
        List<BarChart.Bar> bars = new ArrayList<>();
        List<Line> after = new ArrayList<>();
        StringBuilder written = new StringBuilder();
        Finding finding = new Finding();
        for (String name : NAMES) {
            var model = Trials.once(seed -> trained(name, steps, seed));
            Spread loss =
                    trials.measure(
                            seed -> model.apply(seed).loss(text(100, seed.at("test")).texts()));
            int[][] texts =
                    model.apply(new Seed(trials.seeds().getFirst())).write(0, 100, 25, new Seed(1));
            bars.add(loss.bar(name));
            after.add(trials.curve(name, seed -> model.apply(seed).next(new int[][] {THE})[1]));
            written.append("%-10s %s%n".formatted(name, ToyEnglish.words(texts[0])));
            finding.number(name, loss.median())
                    .number(name + ".right", ToyEnglish.grammatical(texts));
        }
        Spread best = trials.measure(seed -> text(100, seed.at("test")).best());
        bars.add(best.bar("best possible"));
        Axis nats = Axis.linear("loss of a word, nats");
        Axis x = Axis.linear("number of the word in the alphabet");
        Axis y = Axis.linear("probability");
        return finding.number("best", best.median())
                .chart("next-loss", new BarChart("How well the next word is known", nats, bars))
                .chart("next-the", new LineChart("What follows 'the'", x, y, after.subList(2, 5)))
                .output(written.toString())
                .effect(
                        "As a class, the next word is known better than by pairs of words",
                        bars.get(3).value() < bars.get(1).value())
                .effect(
                        "As a number, it is known worse than by pairs of words",
                        bars.get(4).value() > bars.get(1).value())
                .effect(
                        "As a vector with a single 1, it is known better than as a number",
                        bars.get(6).value() < bars.get(4).value());
    }

    private static ToyEnglish text(int count, Seed seed) {
        return ToyEnglish.of(count, 25, seed);
    }

    private static TokenModel trained(String name, int steps, Seed seed) {
        if (name.endsWith("gram")) {
            return NGram.of(name.charAt(0) - '0', WORDS, text(32 * steps, seed).texts());
        }
        TokenCode code =
                switch (name) {
                    case "number" -> TokenCode.numbers(WORDS);
                    case "embedding" -> TokenCode.random(WORDS, 8, seed.at("code"));
                    default -> TokenCode.oneHot(WORDS);
                };
        Network network = Network.of("gru", WORDS, 32, code.vectors().dim(1), seed);
        Fit.of(steps, 1e-2)
                .train(
                        network,
                        step -> {
                            ToyEnglish batch = text(32, seed.at((int) step));
                            var said = network.answers(batch.before());
                            return name.equals("classes")
                                    ? CrossEntropy.mean(said, batch.after(), 0)
                                    : code.loss(said, batch.after());
                        });
        return switch (name) {
            case "classes" -> TokenModel.of(WORDS, network::answers);
            case "one-hot" -> code.shares(network::answers);
            default -> code.gaussian(network::answers, text(100, seed).texts());
        };
    }
}
