package dev.unroll.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph of operations, each of which uses values that come before it.
 *
 * @param name which may be empty
 * @param nodes in the order in which they can be computed
 * @param initializers constants by name
 * @param inputs of the graph
 * @param outputs of the graph
 */
public record OnnxGraph(
        String name,
        List<OnnxNode> nodes,
        Map<String, OnnxTensor> initializers,
        List<OnnxValue> inputs,
        List<OnnxValue> outputs) {

    /** Copies the lists and the constants, whose order is kept. */
    public OnnxGraph {
        nodes = List.copyOf(nodes);
        initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * {@return a node}
     *
     * @param node its name
     * @throws OnnxException if there is none of that name; the message has similar names
     */
    public OnnxNode node(String node) {
        return nodes.stream()
                .filter(each -> each.name().equals(node))
                .findFirst()
                .orElseThrow(
                        () ->
                                new OnnxException(
                                        "the graph '%s' has no node '%s'; it has %s"
                                                .formatted(name, node, similar(node))));
    }

    private List<String> similar(String node) {
        String end = node.substring(node.lastIndexOf('/') + 1);
        List<String> ending =
                nodes.stream().map(OnnxNode::name).filter(n -> n.endsWith(end)).limit(10).toList();
        return ending.isEmpty()
                ? nodes.stream().map(OnnxNode::toString).limit(10).toList()
                : ending;
    }

    /**
     * {@return a constant}
     *
     * @param constant its name
     * @throws OnnxException if there is none of that name among the initializers
     */
    public OnnxTensor initializer(String constant) {
        OnnxTensor tensor = initializers.get(constant);
        if (tensor == null) {
            throw new OnnxException(
                    "the graph '%s' has no constant '%s' among its %d"
                            .formatted(name, constant, initializers.size()));
        }
        return tensor;
    }

    /**
     * {@return the node that computes a value, if one does}
     *
     * @param value its name
     */
    public Optional<OnnxNode> producer(String value) {
        return nodes.stream().filter(node -> node.outputs().contains(value)).findFirst();
    }
}
