package dev.unroll.onnx;

import java.util.List;

/**
 * An input or output of a graph.
 *
 * @param name of the value
 * @param dims the size of each dimension, or its name where it is free, or "?" where neither is
 *     told
 */
public record OnnxValue(String name, List<String> dims) {
    /** Copies the list. */
    public OnnxValue {
        dims = List.copyOf(dims);
    }
}
