package dev.unroll.train;

import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.Map;

/**
 * Numbers of a training that are NaN, infinite, or so large that their squares are. The message
 * names the step, what is not finite with its layer and parameter, and what to do.
 */
public final class NonFiniteException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    /** The square root of the largest float, about: nothing is computed with a larger weight. */
    private static final float LARGEST = 1e19f;

    private static final String REMEDY =
            "; lower the learning rate, clip gradients to a smaller norm, warm up longer, or look"
                    + " for broken inputs";

    private final long step;
    private final boolean ofWeights;

    private NonFiniteException(long step, boolean ofWeights, String message) {
        super("step %d: %s".formatted(step, message));
        this.step = step;
        this.ofWeights = ofWeights;
    }

    /** The same with more to say. */
    private NonFiniteException(NonFiniteException before, String more) {
        super(before.getMessage() + more);
        initCause(before);
        this.step = before.step;
        this.ofWeights = before.ofWeights;
    }

    /** {@return the number of the step, from 1} */
    public long step() {
        return step;
    }

    /** {@return whether weights or the optimiser's state are broken, not only a batch's loss} */
    public boolean ofWeights() {
        return ofWeights;
    }

    /**
     * {@return the same failure with more to say}
     *
     * @param more appended to the message
     */
    public NonFiniteException with(String more) {
        return new NonFiniteException(this, more);
    }

    /**
     * Refuses weights, or a state of the optimiser, in which a number is NaN or infinite, or so
     * large that its square is.
     *
     * @param step after which they are looked at
     * @throws NonFiniteException that names the first such parameter
     */
    public static void requireFinite(
            long step, Map<String, Parameter> parameters, OptimiserState state) {
        parameters.forEach((name, parameter) -> requireFinite(step, "", name, parameter.value()));
        state.tensors()
                .forEach(
                        (name, slot) -> {
                            int dot = name.indexOf('.');
                            String kind =
                                    "the optimiser's state '" + name.substring(0, dot) + "' of ";
                            requireFinite(step, kind, name.substring(dot + 1), slot.value());
                        });
    }

    private static void requireFinite(long step, String kind, String name, Tensor numbers) {
        int broken = broken(numbers);
        if (broken > 0) {
            throw new NonFiniteException(step, true, kind + told(name, broken, numbers.size()));
        }
    }

    static NonFiniteException ofValidation(double loss, long step) {
        return new NonFiniteException(
                step,
                true,
                "the loss on the validation set is %s, and was a number before%s"
                        .formatted(loss, REMEDY));
    }

    static NonFiniteException ofLoss(float loss, long step, Map<String, Parameter> parameters) {
        for (Map.Entry<String, Parameter> one : parameters.entrySet()) {
            int broken = broken(one.getValue().value());
            if (broken > 0) {
                return new NonFiniteException(
                        step,
                        true,
                        "the loss is %s, because %s"
                                .formatted(
                                        loss, told(one.getKey(), broken, one.getValue().size())));
            }
        }
        return new NonFiniteException(
                step,
                false,
                "the loss is %s, though all weights are finite%s".formatted(loss, REMEDY));
    }

    static NonFiniteException ofGradients(
            double norm, long step, Map<String, Parameter> parameters, Gradients gradients) {
        for (Map.Entry<String, Parameter> one : parameters.entrySet()) {
            int broken = gradients.has(one.getValue()) ? broken(gradients.of(one.getValue())) : 0;
            if (broken > 0) {
                return new NonFiniteException(
                        step,
                        false,
                        "the norm of the gradients is %s: that of %s"
                                .formatted(
                                        norm, told(one.getKey(), broken, one.getValue().size())));
            }
        }
        return new NonFiniteException(
                step, false, "the norm of the gradients is %s%s".formatted(norm, REMEDY));
    }

    /** Says of a parameter how many of its numbers are broken, and what to do. */
    private static String told(String name, int broken, int size) {
        return "%s is NaN, infinite or beyond 1e19 in %,d of %,d numbers%s"
                .formatted(told(name), broken, size, REMEDY);
    }

    /** The name of a parameter is its layer's, a dot, and its own. */
    private static String told(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0
                ? "parameter '%s'".formatted(name)
                : "parameter '%s' of layer '%s'"
                        .formatted(name.substring(dot + 1), name.substring(0, dot));
    }

    private static int broken(Tensor numbers) {
        return numbers.pieces().mapToInt(NonFiniteException::broken).sum();
    }

    private static int broken(float[] numbers) {
        int broken = 0;
        for (float number : numbers) {
            if (!(Math.abs(number) < LARGEST)) {
                broken++;
            }
        }
        return broken;
    }
}
