package dev.unroll.tensor;

import java.util.function.Consumer;

/**
 * A look at the gradient of a tensor within a computation, which changes neither the result nor any
 * gradient.
 *
 * <pre>{@code
 * Gradients.of(() -> {
 *     Tensor h = Probe.of(cell.step(x, state).h(), g -> System.out.println(Probe.norm(g)));
 *     return head.forward(h).square().sum();
 * });
 * }</pre>
 */
public final class Probe {
    private Probe() {}

    /**
     * The same numbers, whose gradient is shown on the way back.
     *
     * @param x any tensor; one that depends on no parameter is differentiated by as well
     * @param look gets the gradient with respect to the tensor that is returned, as it is used
     *     after this call; not called if the result does not depend on it. The gradient may be read
     *     during the call only
     * @return a tensor of the same numbers; x itself where no gradient is being computed
     */
    public static Tensor of(Tensor x, Consumer<Tensor> look) {
        return Tape.probe(x, look);
    }

    /** {@return the Euclidean norm of the numbers of a tensor, summed in double precision} */
    public static double norm(Tensor x) {
        double sum = 0;
        for (float value : x.toArray()) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
