package dev.unroll.train;

import dev.unroll.tensor.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers to go back to.
 *
 * @param numbers of each parameter and of each tensor of the optimiser's state
 */
record Snapshot(Map<Parameter, float[]> numbers) {

    /** {@return the numbers as they are now} */
    static Snapshot of(Map<String, Parameter> parameters, OptimiserState state) {
        Map<Parameter, float[]> numbers = new LinkedHashMap<>();
        parameters.values().forEach(p -> numbers.put(p, p.value().toArray()));
        state.tensors().values().forEach(p -> numbers.put(p, p.value().toArray()));
        return new Snapshot(numbers);
    }

    /** Sets everything as it was. */
    void restore() {
        numbers.forEach(Parameter::set);
    }
}
