package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.PeakMemory;
import dev.unroll.lab.kit.Slope;
import dev.unroll.lab.kit.Stopwatch;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Decay;
import dev.unroll.nn.attention.LinearAttention;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Time and memory of one layer, forwards and backwards, over one sequence of growing length. */
public final class Square implements Experiment {
    private static final List<String> LAYERS =
            List.of("formula", "tiles", "window", "linear", "lstm");
    private static final int WIDTH = 32;
    private static final int WINDOW = 64;

    @Override
    public String name() {
        return "square";
    }

    @Override
    public Finding run(Trials trials) {
        int[] lengths = trials.pick(new int[] {256, 512, 1024, 2048, 4096}, new int[] {256, 1024});
        Stopwatch watch = new Stopwatch(trials.quick() ? 0.2 : 2, trials.pick(7, 3));
        List<Line> time = new ArrayList<>();
        List<Line> memory = new ArrayList<>();
        Finding finding =
                new Finding()
                        .number("longest", lengths[lengths.length - 1])
                        .number("window", WINDOW);
        for (String kind : LAYERS) {
            watch.warmUp(pass(kind, lengths[0]));
            time.add(line(kind, lengths, n -> watch.seconds(pass(kind, n)).times(1e3)));
            memory.add(line(kind, lengths, n -> Spread.of(PeakMemory.bytes(pass(kind, n)) / 1e6)));
            finding.number(kind + ".time", time.getLast().end())
                    .number(kind + ".time-slope", Slope.ofLast(3, fastest(time.getLast())))
                    .number(kind + ".memory", memory.getLast().end())
                    .number(kind + ".memory-slope", Slope.ofLast(3, memory.getLast()));
        }
        Axis x = Axis.powersOfTwo("length, tokens");
        Axis ms = Axis.logarithmic("milliseconds, forwards and backwards");
        Axis mb = Axis.logarithmic("most memory in use at once, MB");
        return finding.chart("square-time", new LineChart("Time against length", x, ms, time))
                .chart("square-memory", new LineChart("Memory against length", x, mb, memory))
                .timedEffect(
                        "From the shortest to the longest sequence, the time of attention to all tokens grows more than that of a window, of linear attention and of the recurrence",
                        growth(time.get(1))
                                > time.subList(2, 5).stream()
                                        .mapToDouble(Square::growth)
                                        .max()
                                        .orElseThrow())
                .effect(
                        "Memory of attention that holds its matrix grows with a power above 1.7",
                        Slope.ofLast(3, memory.get(0)) > 1.7)
                .effect(
                        "Memory of all others grows with a power below 1.2",
                        memory.subList(1, 5).stream().allMatch(m -> Slope.ofLast(3, m) < 1.2));
    }

    private static Line line(String kind, int[] lengths, IntFunction<Spread> cost) {
        return new Line(kind, Arrays.stream(lengths).mapToObj(n -> cost.apply(n).at(n)).toList());
    }

    /** The fastest rounds of a line, which other work on the machine disturbs least. */
    private static Line fastest(Line line) {
        return new Line(
                line.label(),
                line.points().stream().map(p -> new Line.Point(p.x(), p.low())).toList());
    }

    /** How much longer the longest takes than the shortest, by the fastest rounds. */
    private static double growth(Line line) {
        return line.points().getLast().low() / line.points().getFirst().low();
    }

    /** A layer's derivatives over one random sequence. */
    private static Supplier<Float> pass(String kind, int length) {
        Seed seed = new Seed(1);
        UnaryOperator<Sequences> layer = layer(kind, seed);
        Tensor rows = seed.at("x").normal(1, length, WIDTH).value();
        Sequences x = new Sequences(rows, Layout.of(length));
        return () ->
                MemoryScope.run(
                        () ->
                                Gradients.of(() -> layer.apply(x).rows().square().mean(), rows)
                                        .loss());
    }

    private static UnaryOperator<Sequences> layer(String kind, Seed seed) {
        if (kind.equals("lstm")) {
            var lstm = Recurrent.of(Lstm::of, WIDTH, WIDTH, 1, false, 0, seed);
            var encoder = new SequenceEncoder.Recurrence(lstm);
            return x -> encoder.forward(x, Mode.INFERENCE).rows();
        }
        if (kind.equals("linear")) {
            var linear = LinearAttention.of(WIDTH, 1, 1, Decay.Kind.NONE, seed);
            return x -> linear.forward(x, Masks.NONE);
        }
        var attention = MultiHeadAttention.of(WIDTH, 1, 1, new Positions.NoPositions(), seed);
        return switch (kind) {
            case "formula" -> x -> attention.formula(x, x, Masks.NONE);
            case "window" -> x -> attention.forward(x, x, Masks.window(WINDOW, WINDOW));
            default -> x -> attention.forward(x, x, Masks.NONE);
        };
    }
}
