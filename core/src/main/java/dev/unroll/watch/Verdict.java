package dev.unroll.watch;

import dev.unroll.watch.Diagnosis.ActivationShares;
import dev.unroll.watch.Diagnosis.Clipping;
import dev.unroll.watch.Diagnosis.ParameterFlow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A finding about a network's gradients. The limits are constants of this class; they are set so
 * that a network which learns is called healthy, and say nothing about how well it learns.
 *
 * @param kind the finding
 * @param layer where it is worst; empty if it holds for the whole network
 * @param reason the numbers behind it
 */
public record Verdict(Kind kind, String layer, String reason) {
    /** Steps over which a recurrence is judged. */
    public static final int STEPS = 10;

    /**
     * A recurrence that keeps less than this share of the gradient over {@link #STEPS} vanishes.
     */
    public static final double LEAST_KEPT = 1e-5;

    /**
     * A recurrent layer forgets where the inputs of the farther half of its steps have less than
     * this part of the gradient of the input that has most.
     */
    public static final double LEAST_FELT = 1e-3;

    /** A recurrence that grows the gradient more than this over {@link #STEPS} explodes. */
    public static final double MOST_KEPT = 100;

    /**
     * A matrix whose gradient, divided by its weights, is less than this part of the median of all
     * matrices gets no gradient any more.
     */
    public static final double LEAST_RELATIVE_GRADIENT = 1e-4;

    /** A layer is dead from this share of dead units on. */
    public static final double MOST_DEAD = 0.5;

    /** A tanh is saturated from this share of values at its ends on. */
    public static final double MOST_SATURATED_TANH = 0.9;

    /** A gate is saturated from this share of values at its lower end on. */
    public static final double MOST_SHUT_GATE = 0.9;

    /** Gradients explode where nine steps of ten are clipped to less than this part. */
    public static final double LEAST_CLIPPING = 0.01;

    /** Findings, the most urgent first. */
    public enum Kind {
        /** Gradients grow on their way back, or are not finite. */
        EXPLODING,
        /** Units give 0 whatever they read, so that no gradient reaches their weights. */
        DEAD,
        /** Activations stand at the flat ends of their functions. */
        SATURATED,
        /** Gradients fade on their way back. */
        VANISHING,
        /** None of these. */
        HEALTHY;

        /** {@return the name in lower case} */
        public String written() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * {@return the findings, the most urgent first; {@link Kind#HEALTHY} if there are no others}
     */
    static List<Verdict> of(Diagnosis d) {
        List<Verdict> found = new ArrayList<>();
        exploding(d, found);
        dead(d, found);
        saturated(d, found);
        vanishing(d, found);
        return found.isEmpty() ? List.of(new Verdict(Kind.HEALTHY, "", "")) : List.copyOf(found);
    }

    private static void exploding(Diagnosis d, List<Verdict> found) {
        if (!Double.isFinite(d.loss()) || !Double.isFinite(d.gradientNorm())) {
            found.add(
                    new Verdict(
                            Kind.EXPLODING,
                            "",
                            "loss %s, gradient norm %s"
                                    .formatted(
                                            Summary.number(d.loss()),
                                            Summary.number(d.gradientNorm()))));
        }
        d.sequences().stream()
                .filter(SequenceFlow::recurrent)
                .max(Comparator.comparingDouble(s -> s.kept(STEPS)))
                .filter(s -> s.kept(STEPS) > MOST_KEPT)
                .ifPresent(s -> found.add(recurrence(Kind.EXPLODING, s)));
        Clipping clipping = d.clipping();
        if (clipping != null && clipping.share() >= 0.9 && clipping.factor() < LEAST_CLIPPING) {
            found.add(
                    new Verdict(
                            Kind.EXPLODING,
                            "",
                            "%s of the steps are clipped, to %s of the gradient in the median"
                                    .formatted(
                                            Summary.percent(clipping.share()),
                                            Summary.percent(clipping.factor()))));
        }
    }

    private static Verdict recurrence(Kind kind, SequenceFlow s) {
        int steps = Math.min(STEPS, s.gain().length);
        StringBuilder reason = new StringBuilder();
        reason.append(
                "the gradient is multiplied by %s over %d steps (%s a step"
                        .formatted(
                                Summary.number(s.kept(steps)),
                                steps,
                                Summary.number(s.meanGain(steps))));
        s.radii().entrySet().stream()
                .max(java.util.Map.Entry.comparingByValue())
                .ifPresent(
                        r ->
                                reason.append(
                                        "; spectral radius of the %s matrix %s"
                                                .formatted(
                                                        r.getKey(), Summary.number(r.getValue()))));
        return new Verdict(kind, s.layer(), reason.append(")").toString());
    }

    private static void dead(Diagnosis d, List<Verdict> found) {
        d.activations().stream()
                .max(Comparator.comparingDouble(ActivationShares::deadShare))
                .filter(a -> a.deadShare() >= MOST_DEAD)
                .ifPresent(
                        a ->
                                found.add(
                                        new Verdict(
                                                Kind.DEAD,
                                                a.layer(),
                                                "%d of %d %s units are off for every row"
                                                        .formatted(
                                                                a.dead(),
                                                                a.units(),
                                                                a.function()))));
    }

    private static void saturated(Diagnosis d, List<Verdict> found) {
        d.activations().stream()
                .filter(a -> saturation(a) >= 1)
                .max(Comparator.comparingDouble(Verdict::saturation))
                .ifPresent(
                        a ->
                                found.add(
                                        new Verdict(
                                                Kind.SATURATED,
                                                a.layer(),
                                                "%s of the values of the %s (%s) are at its ends"
                                                        .formatted(
                                                                Summary.percent(a.low() + a.high()),
                                                                a.name(),
                                                                a.function()))));
    }

    /** How far beyond its limit an activation is saturated; from 1 on it is. */
    private static double saturation(ActivationShares a) {
        return switch (a.function()) {
            case "tanh" -> (a.low() + a.high()) / MOST_SATURATED_TANH;
            case "sigmoid" -> a.low() / MOST_SHUT_GATE;
            default -> 0;
        };
    }

    private static void vanishing(Diagnosis d, List<Verdict> found) {
        d.sequences().stream()
                .filter(SequenceFlow::recurrent)
                .min(Comparator.comparingDouble(s -> s.kept(STEPS)))
                .filter(s -> s.kept(STEPS) < LEAST_KEPT)
                .ifPresent(s -> found.add(recurrence(Kind.VANISHING, s)));
        d.sequences().stream()
                .filter(s -> s.recurrent() && s.input().length >= STEPS)
                .min(Comparator.comparingDouble(SequenceFlow::felt))
                .filter(s -> s.felt() < LEAST_FELT && found.stream().noneMatch(Verdict::vanishes))
                .ifPresent(s -> found.add(unfelt(s)));
        List<ParameterFlow> matrices =
                d.parameters().stream()
                        .filter(p -> p.matrix() && p.gradient() > 0 && p.weight() > 0)
                        .toList();
        double median = median(matrices.stream().mapToDouble(Verdict::relative).toArray());
        matrices.stream()
                .min(Comparator.comparingDouble(Verdict::relative))
                .filter(p -> relative(p) < LEAST_RELATIVE_GRADIENT * median)
                .ifPresent(
                        p ->
                                found.add(
                                        new Verdict(
                                                Kind.VANISHING,
                                                p.name(),
                                                "gradient/weight is %s, and %s in the median of all matrices"
                                                        .formatted(
                                                                Summary.number(relative(p)),
                                                                Summary.number(median)))));
    }

    private boolean vanishes() {
        return kind == Kind.VANISHING;
    }

    private static Verdict unfelt(SequenceFlow s) {
        return new Verdict(
                Kind.VANISHING,
                s.layer(),
                "inputs %d or more steps before the last have at most %s of the gradient of the input that has most (%s a step)"
                        .formatted(
                                s.input().length / 2,
                                Summary.number(s.felt()),
                                Summary.number(s.meanGain(STEPS))));
    }

    private static double relative(ParameterFlow p) {
        return p.gradient() / p.weight();
    }

    static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
