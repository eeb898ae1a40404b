package dev.unroll.watch;

import dev.unroll.watch.Diagnosis.Clipping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** A diagnosis in one line. */
final class Summary {
    private Summary() {}

    static String line(Diagnosis d) {
        List<Verdict> verdicts = d.verdicts();
        if (verdicts.getFirst().kind() != Verdict.Kind.HEALTHY) {
            return verdicts.stream().map(Summary::finding).collect(Collectors.joining("; "));
        }
        return "healthy: " + String.join(", ", figures(d));
    }

    private static String finding(Verdict v) {
        return v.layer().isEmpty()
                ? "%s: %s".formatted(v.kind().written(), v.reason())
                : "%s: %s: %s".formatted(v.kind().written(), v.layer(), v.reason());
    }

    private static List<String> figures(Diagnosis d) {
        List<String> figures = new ArrayList<>();
        figures.add("gradient norm " + number(d.gradientNorm()));
        Clipping clipping = d.clipping();
        if (clipping != null && clipping.clipped() > 0) {
            figures.add(
                    "%s of the steps clipped, to %s of it"
                            .formatted(percent(clipping.share()), percent(clipping.factor())));
        }
        d.sequences().stream()
                .filter(SequenceFlow::recurrent)
                .min(Comparator.comparingDouble(s -> s.kept(Verdict.STEPS)))
                .ifPresent(
                        s ->
                                figures.add(
                                        "at least %s of it kept over %d steps"
                                                .formatted(
                                                        percent(s.kept(Verdict.STEPS)),
                                                        Math.min(Verdict.STEPS, s.gain().length))));
        double update =
                Verdict.median(
                        d.parameters().stream()
                                .filter(p -> p.matrix() && p.weight() > 0 && p.update() != null)
                                .mapToDouble(p -> Objects.requireNonNull(p.update()) / p.weight())
                                .toArray());
        if (!Double.isNaN(update)) {
            figures.add("update/weight " + number(update));
        }
        d.activations().stream()
                .filter(a -> a.function().equals("tanh"))
                .mapToDouble(a -> a.low() + a.high())
                .max()
                .ifPresent(most -> figures.add("saturated at most " + percent(most)));
        d.activations().stream()
                .filter(a -> a.function().equals("relu"))
                .mapToDouble(Diagnosis.ActivationShares::deadShare)
                .max()
                .ifPresent(most -> figures.add("dead at most " + percent(most)));
        double entropy =
                Verdict.median(
                        d.heads().stream()
                                .mapToDouble(Diagnosis.HeadFocus::entropy)
                                .filter(e -> !Double.isNaN(e))
                                .toArray());
        if (!Double.isNaN(entropy)) {
            figures.add("attention entropy " + number(entropy));
        }
        return figures;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    static String percent(double share) {
        double percent = 100 * share;
        return percent >= 10 || percent == 0
                ? String.format(Locale.ROOT, "%.0f %%", percent)
                : String.format(Locale.ROOT, "%.2g %%", percent);
    }
}
