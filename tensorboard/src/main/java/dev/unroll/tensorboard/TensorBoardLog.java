package dev.unroll.tensorboard;

import dev.unroll.train.TrainingEvent;
import dev.unroll.train.TrainingListener;
import dev.unroll.watch.AttentionMap;
import dev.unroll.watch.Diagnosis;
import dev.unroll.watch.Histogram;
import dev.unroll.watch.Observed;
import dev.unroll.watch.SequenceFlow;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the course of a training into an event file: loss, gradient norm and learning rate of each
 * step, the metrics of each validation, and, given to a {@link dev.unroll.watch.Watch}, what it
 * saw.
 *
 * <pre>{@code
 * try (TensorBoardLog log = TensorBoardLog.in(folder)) {
 *     Watch<Batch> watch = Watch.of(objective, Interval.STANDARD, true, log::observed);
 *     training.listen(log).listen(watch).run(watch.objective());
 * }
 * }</pre>
 */
public final class TensorBoardLog implements TrainingListener, Closeable {
    private final EventFile file;
    private boolean begun;

    private TensorBoardLog(EventFile file) {
        this.file = file;
    }

    /**
     * Begins a log.
     *
     * @param folder that TensorBoard is pointed at, or one in it; exists
     * @return a log that is to be closed
     */
    public static TensorBoardLog in(Path folder) throws IOException {
        return new TensorBoardLog(EventFile.create(folder));
    }

    @Override
    public void on(TrainingEvent event) {
        try {
            switch (event) {
                case TrainingEvent.Stepped s -> stepped(s);
                case TrainingEvent.Validated v -> {
                    Map<String, Double> metrics = new LinkedHashMap<>();
                    v.metrics().forEach((name, value) -> metrics.put("validation/" + name, value));
                    if (!metrics.isEmpty()) {
                        file.scalars(v.progress().step(), metrics);
                    }
                }
                case TrainingEvent.Recovered _ -> {}
                case TrainingEvent.Ended _ -> {}
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write an event file", e);
        }
    }

    private void stepped(TrainingEvent.Stepped s) throws IOException {
        long step = s.progress().step();
        if (!begun && step > 1) {
            file.resumed(step - 1);
        }
        begun = true;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("training/loss", s.loss());
        figures.put("training/gradientNorm", s.gradientNorm());
        figures.put("training/clipping", s.clipping());
        figures.put("training/learningRate", s.learningRate());
        file.scalars(step, figures);
    }

    /**
     * Writes what a watch saw: scalars, histograms where there are some, and an image a head.
     *
     * @param seen an observed step
     */
    public void observed(Observed seen) {
        long step = seen.diagnosis().step();
        try {
            file.scalars(step, figures(seen.diagnosis()));
            for (Histogram histogram : seen.histograms()) {
                file.histogram(step, histogram);
            }
            for (AttentionMap map : seen.attention()) {
                if (map.weights().length > 0 && map.weights()[0].length > 0) {
                    String tag = "attention/%s/head %d".formatted(map.layer(), map.head());
                    file.image(step, tag, map.weights());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write an event file", e);
        }
    }

    private static Map<String, Double> figures(Diagnosis d) {
        Map<String, Double> figures = new LinkedHashMap<>();
        d.parameters()
                .forEach(
                        p -> {
                            figures.put("gradientNorm/" + p.name(), p.gradient());
                            if (p.update() != null && p.weight() > 0) {
                                double update = Objects.requireNonNull(p.update());
                                figures.put("updateToWeight/" + p.name(), update / p.weight());
                            }
                        });
        d.sequences().stream()
                .filter(SequenceFlow::recurrent)
                .forEach(
                        s -> {
                            figures.put("gain/" + s.layer(), s.meanGain(10));
                            s.radii()
                                    .forEach(
                                            (name, radius) ->
                                                    figures.put(
                                                            "spectralRadius/%s/%s"
                                                                    .formatted(s.layer(), name),
                                                            radius));
                        });
        d.activations()
                .forEach(
                        a -> {
                            String place = a.layer() + "/" + a.name();
                            figures.put("low/" + place, a.low());
                            figures.put("high/" + place, a.high());
                            figures.put("dead/" + place, a.deadShare());
                        });
        d.heads()
                .forEach(
                        h -> {
                            String place = "%s/head %d".formatted(h.layer(), h.head());
                            figures.put("attentionEntropy/" + place, h.entropy());
                            figures.put("largestScore/" + place, h.largestScore());
                        });
        return figures;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
