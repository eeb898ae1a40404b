package dev.unroll.tasks.conformance;

import dev.unroll.tensor.Tensor;
import java.util.Map;

/** What Unroll has to say to a case. */
sealed interface OnnxAnswer {

    /**
     * What it computed.
     *
     * @param through the layer or operation that did it
     * @param outputs by name; some may be missing, and the report says which
     */
    record Computed(String through, Map<String, Tensor> outputs) implements OnnxAnswer {}

    /** Why the case was not run. */
    record LeftOut(String reason) implements OnnxAnswer {}

    static OnnxAnswer of(String through, String output, Tensor value) {
        return new Computed(through, Map.of(output, value));
    }
}
