package dev.unroll.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operation of a graph.
 *
 * @param name which may be empty
 * @param operator such as {@code MatMul}
 * @param domain the set of operators; empty for ONNX's own
 * @param inputs names of values; an empty name stands for one that is left out
 * @param outputs names of values
 * @param attributes by name
 */
public record OnnxNode(
        String name,
        String operator,
        String domain,
        List<String> inputs,
        List<String> outputs,
        Map<String, OnnxAttribute> attributes) {

    /** Copies the lists and the attributes. */
    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    /**
     * {@return the name of an input, where the node has it}
     *
     * @param index from 0
     */
    public Optional<String> input(int index) {
        return index < inputs.size() && !inputs.get(index).isEmpty()
                ? Optional.of(inputs.get(index))
                : Optional.empty();
    }

    /**
     * {@return a whole number}
     *
     * @param attribute its name
     * @param otherwise what holds when the node does not have it
     * @throws OnnxException if it is something else
     */
    public long whole(String attribute, long otherwise) {
        return switch (attributes.get(attribute)) {
            case null -> otherwise;
            case OnnxAttribute.Whole(long value) -> value;
            case OnnxAttribute other -> throw unexpected(attribute, "a whole number", other);
        };
    }

    /**
     * {@return a real number}
     *
     * @param attribute its name
     * @param otherwise what holds when the node does not have it
     * @throws OnnxException if it is something else
     */
    public float real(String attribute, float otherwise) {
        return switch (attributes.get(attribute)) {
            case null -> otherwise;
            case OnnxAttribute.Real(float value) -> value;
            case OnnxAttribute other -> throw unexpected(attribute, "a real number", other);
        };
    }

    /**
     * {@return a text}
     *
     * @param attribute its name
     * @param otherwise what holds when the node does not have it
     * @throws OnnxException if it is something else
     */
    public String text(String attribute, String otherwise) {
        return switch (attributes.get(attribute)) {
            case null -> otherwise;
            case OnnxAttribute.Text(String value) -> value;
            case OnnxAttribute other -> throw unexpected(attribute, "a text", other);
        };
    }

    /**
     * {@return whole numbers}
     *
     * @param attribute its name
     * @param otherwise what holds when the node does not have it
     * @throws OnnxException if it is something else
     */
    public List<Long> wholes(String attribute, List<Long> otherwise) {
        return switch (attributes.get(attribute)) {
            case null -> otherwise;
            case OnnxAttribute.Wholes(List<Long> values) -> values;
            case OnnxAttribute other -> throw unexpected(attribute, "whole numbers", other);
        };
    }

    /**
     * {@return texts}
     *
     * @param attribute its name
     * @param otherwise what holds when the node does not have it
     * @throws OnnxException if it is something else
     */
    public List<String> texts(String attribute, List<String> otherwise) {
        return switch (attributes.get(attribute)) {
            case null -> otherwise;
            case OnnxAttribute.Texts(List<String> values) -> values;
            case OnnxAttribute other -> throw unexpected(attribute, "texts", other);
        };
    }

    /**
     * {@return a graph within this node, such as a branch}
     *
     * @param attribute its name, such as {@code then_branch}
     * @throws OnnxException if it is something else, or missing
     */
    public OnnxGraph graph(String attribute) {
        return switch (attributes.get(attribute)) {
            case null ->
                    throw new OnnxException(
                            "node %s has no graph '%s'; it has %s"
                                    .formatted(this, attribute, attributes.keySet()));
            case OnnxAttribute.Subgraph(OnnxGraph value) -> value;
            case OnnxAttribute other -> throw unexpected(attribute, "a graph", other);
        };
    }

    private OnnxException unexpected(String attribute, String wanted, OnnxAttribute found) {
        return new OnnxException(
                "attribute '%s' of node %s is %s, not %s"
                        .formatted(attribute, this, found.getClass().getSimpleName(), wanted));
    }

    /** {@return operator and name} */
    @Override
    public String toString() {
        return "%s '%s'".formatted(operator, name);
    }
}
