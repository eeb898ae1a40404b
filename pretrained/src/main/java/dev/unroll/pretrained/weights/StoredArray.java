package dev.unroll.pretrained.weights;

import dev.unroll.tensor.Parameter;
import java.util.List;
import java.util.Map;

/**
 * An array of a model's file, and the parameters that it was made into.
 *
 * @param name in the file
 * @param shape in the file
 * @param layout how the parameters lie in it
 * @param parameters their names in the network's record, as {@link dev.unroll.nn.Parameters#of}
 *     gives them
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention
public record StoredArray(String name, int[] shape, Layout layout, List<String> parameters) {

    /** How parameters lie in an array. */
    public enum Layout {
        /** One parameter with the same order of numbers. */
        SAME,
        /** One parameter [in, out], stored as [out, in]. */
        TRANSPOSED,
        /** Several parameters [in, out] or [out], stored side by side as [in, sum of out]. */
        SIDE_BY_SIDE
    }

    /**
     * {@return the array's numbers}
     *
     * @param network the parameters by name
     */
    public float[] values(Map<String, Parameter> network) {
        List<Parameter> parts = parameters.stream().map(name -> part(network, name)).toList();
        Parameter first = parts.getFirst();
        return switch (layout) {
            case SAME -> first.value().toArray();
            case TRANSPOSED -> Transposed.of(first.value().toArray(), first.shape().dim(0));
            case SIDE_BY_SIDE -> SideBySide.join(parts, shape);
        };
    }

    private static Parameter part(Map<String, Parameter> network, String name) {
        Parameter parameter = network.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException(
                    "the network has no parameter '%s': its layers are not those that were loaded"
                            .formatted(name));
        }
        return parameter;
    }
}
