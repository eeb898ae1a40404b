package dev.unroll.tasks.conformance;

import dev.unroll.tasks.conformance.OnnxAnswer.Computed;
import dev.unroll.tasks.conformance.OnnxAnswer.LeftOut;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Adam;
import dev.unroll.train.Optimiser;
import dev.unroll.train.OptimiserState;
import dev.unroll.train.Sgd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Steps of optimisers. ONNX numbers them from 0 and leaves the first without Adam's correction of
 * the bias; a step so late that nothing is left of the correction is the same.
 */
final class OnnxOptimisers {
    private static final long LATE = 1_000_000_000;

    private OnnxOptimisers() {}

    static OnnxAnswer answer(OnnxCase given) {
        given.understands("norm_coefficient", "alpha", "beta", "epsilon", "mode");
        if (given.input("T").values()[0] != 0) {
            return new LeftOut("ONNX takes epsilon before Adam's correction, Unroll after it");
        }
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (String which : given.has("X") ? List.of("") : List.of("1", "2")) {
            step(given, which, outputs);
        }
        return new Computed(
                given.operator().equals("Adam")
                        ? "Adam, the weights' share added to the gradient"
                        : "Sgd",
                outputs);
    }

    private static void step(OnnxCase given, String which, Map<String, Tensor> outputs) {
        Parameter x = parameter(given.tensor("X" + which));
        Tensor g = given.tensor("G" + which);
        boolean adam = given.operator().equals("Adam");
        // several parameters' velocities are called H1 and H2 in the cases of Momentum
        String velocity = given.has("V" + which) ? "V" : "H";
        float rate = given.input("R").values()[0];
        float share = given.number("norm_coefficient", 0);
        Optimiser optimiser =
                adam
                        ? new Adam(
                                given.number("alpha", 0.9),
                                given.number("beta", 0.999),
                                given.number("epsilon", 1e-6))
                        : new Sgd(
                                given.number("alpha", 0),
                                given.text("mode", "standard").equals("nesterov"),
                                share);
        OptimiserState.Slots state = OptimiserState.of(optimiser, Map.of("x", x)).of("x");
        String first = adam ? "mean" : "velocity";
        state.set(first, given.tensor(velocity + which));
        if (adam) {
            state.set("square", given.tensor("H" + which));
        }
        optimiser.update(
                x,
                adam ? g.plus(x.value().times(share)) : g,
                state,
                new Optimiser.Step(adam ? LATE : 1, rate, 1, Double.POSITIVE_INFINITY, true));
        outputs.put("X" + which + "_new", x.value());
        outputs.put("V" + which + "_new", state.get(first));
        if (adam) {
            outputs.put("H" + which + "_new", state.get("square"));
        }
    }

    /** Numbers of its own, to be changed in place. */
    private static Parameter parameter(Tensor x) {
        return Parameter.of(x.toArray(), x.shape().dims());
    }
}
