package dev.unroll.train;

import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors that an optimiser carries from step to step, some for each parameter. */
public final class OptimiserState {
    private final Map<String, Slots> byParameter = new LinkedHashMap<>();

    private OptimiserState() {}

    /** The state before the first step: zeros. Parameters that are frozen have none. */
    public static OptimiserState of(Optimiser optimiser, Map<String, Parameter> parameters) {
        OptimiserState state = new OptimiserState();
        parameters.forEach(
                (name, parameter) -> {
                    if (!parameter.isFrozen()) {
                        state.byParameter.put(name, new Slots(optimiser.state(), parameter));
                    }
                });
        return state;
    }

    /**
     * The state of one parameter.
     *
     * @throws IllegalArgumentException if it was made for other parameters
     */
    public Slots of(String parameter) {
        Slots slots = byParameter.get(parameter);
        if (slots == null) {
            throw new IllegalArgumentException("no optimiser state for parameter " + parameter);
        }
        return slots;
    }

    /**
     * All tensors by name, {@code mean.encoder.weight} for the state {@code mean} of the parameter
     * {@code encoder.weight}, to be saved or set.
     */
    public Map<String, Parameter> tensors() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        byParameter.forEach(
                (parameter, slots) ->
                        slots.byName.forEach(
                                (name, slot) -> all.put(name + "." + parameter, slot)));
        return all;
    }

    /** The state of one parameter: tensors of its shape, by name. */
    public static final class Slots {
        private final Map<String, Parameter> byName = new LinkedHashMap<>();

        private Slots(List<String> names, Parameter like) {
            names.forEach(name -> byName.put(name, Parameter.full(0, like.shape().dims())));
        }

        /** The numbers as they are now. */
        public Tensor get(String name) {
            return slot(name).value();
        }

        /**
         * Replaces all numbers.
         *
         * @param next of the parameter's shape
         */
        public void set(String name, Tensor next) {
            replace(slot(name), next, "the state '" + name + "'");
        }

        private Parameter slot(String name) {
            Parameter slot = byName.get(name);
            if (slot == null) {
                throw new IllegalArgumentException(
                        "no optimiser state '%s'; there are %s".formatted(name, byName.keySet()));
            }
            return slot;
        }
    }

    static void replace(Parameter parameter, Tensor next, String what) {
        if (!next.shape().equals(parameter.shape())) {
            throw new IllegalArgumentException(
                    "%s must have the parameter's shape %s, not %s"
                            .formatted(what, parameter.shape(), next.shape()));
        }
        parameter.set(next.toArray());
    }
}
