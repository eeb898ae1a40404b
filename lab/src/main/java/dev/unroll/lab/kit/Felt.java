package dev.unroll.lab.kit;

import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Sequences;
import java.util.Arrays;

/** How much the last state of a network still feels each input. */
public final class Felt {
    private Felt() {}

    /**
     * {@return ‖∂|h(T)|²/∂x(T−d)‖ over all sequences, divided by that of d = 0, at each distance d}
     *
     * @param inputs sequences of one length, rows [batch·length, width]
     */
    public static double[] byDistance(Network network, Sequences inputs) {
        var gradients = Gradients.of(() -> network.last(inputs).square().sum(), inputs.rows());
        float[] slope = gradients.of(inputs.rows()).toArray();
        int length = inputs.layout().length(0);
        double[] felt = new double[length];
        for (int i = 0; i < slope.length; i++) {
            felt[length - 1 - i / inputs.width() % length] += Math.pow(slope[i], 2);
        }
        return Arrays.stream(felt).map(squares -> Math.sqrt(squares / felt[0])).toArray();
    }
}
