package dev.unroll.onnx.pretrained;

import dev.unroll.onnx.OnnxAttribute;
import dev.unroll.onnx.OnnxGraph;
import dev.unroll.onnx.OnnxNode;
import dev.unroll.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the graph of an encoder says about it that its weights do not: a file of ONNX comes without
 * a {@code config.json}. The width of a head is the square of the number that the scores are
 * divided by.
 */
final class GraphSettings {
    private static final String WORDS = "embeddings.word_embeddings.weight";

    private final Map<String, OnnxNode> producers = new HashMap<>();
    private final Map<String, OnnxTensor> constants = new HashMap<>();

    private GraphSettings(OnnxGraph graph) {
        constants.putAll(graph.initializers());
        for (OnnxNode node : graph.nodes()) {
            node.outputs().forEach(output -> producers.put(output, node));
            if (node.attributes().get("value") instanceof OnnxAttribute.Constant(var value)
                    && !node.outputs().isEmpty()) {
                constants.put(node.outputs().getFirst(), value);
            }
        }
    }

    /**
     * {@return settings under the keys of Hugging Face's config.json; only those that the graph
     * says}
     *
     * @param graph of an encoder
     */
    static Map<String, String> of(OnnxGraph graph) {
        GraphSettings found = new GraphSettings(graph);
        Map<String, String> settings = new LinkedHashMap<>();
        found.width().ifPresent(width -> settings.putAll(found.heads(graph, width)));
        for (OnnxNode node : graph.nodes()) {
            found.epsilon(node)
                    .ifPresent(e -> settings.putIfAbsent("layer_norm_eps", Float.toString(e)));
            switch (node.operator()) {
                case "Erf" -> settings.put("hidden_act", "gelu");
                case "Gelu" -> settings.putIfAbsent("hidden_act", "gelu");
                case "Relu" -> settings.putIfAbsent("hidden_act", "relu");
                default -> {}
            }
        }
        return settings;
    }

    private Optional<Integer> width() {
        for (String name : List.of(WORDS, WORDS + "_quantized")) {
            for (String prefix : List.of("", "bert.", "roberta.", "model.")) {
                OnnxTensor words = constants.get(prefix + name);
                if (words != null && words.shape().length == 2) {
                    return Optional.of(words.shape()[1]);
                }
            }
        }
        return Optional.empty();
    }

    private Map<String, String> heads(OnnxGraph graph, int width) {
        for (OnnxNode node : graph.nodes()) {
            if (!node.operator().equals("Softmax")) {
                continue;
            }
            for (OnnxNode before : behind(node)) {
                Optional<Float> number = number(before);
                if (number.isEmpty()) {
                    continue;
                }
                double factor = number.get();
                boolean divides = before.operator().equals("Div");
                long head = Math.round(divides ? factor * factor : 1 / (factor * factor));
                if (head > 0 && head <= width && width % head == 0) {
                    return Map.of("num_attention_heads", Long.toString(width / head));
                }
            }
        }
        return Map.of();
    }

    /** The divisions and products that make a softmax's scores, behind the sum with a mask. */
    private List<OnnxNode> behind(OnnxNode softmax) {
        List<OnnxNode> found = new ArrayList<>();
        List<String> values = new ArrayList<>(softmax.inputs());
        for (int i = 0; i < values.size() && i < 8; i++) {
            OnnxNode node = producers.get(values.get(i));
            if (node == null) {
                continue;
            }
            if (node.operator().equals("Add") || node.operator().equals("Where")) {
                values.addAll(node.inputs());
            } else if (node.operator().equals("Div") || node.operator().equals("Mul")) {
                found.add(node);
            }
        }
        return found;
    }

    /** The one number among a node's inputs. */
    private Optional<Float> number(OnnxNode node) {
        return node.inputs().stream()
                .filter(constants::containsKey)
                .map(constants::get)
                .filter(c -> c != null && c.type().isReal() && c.shape().length == 0)
                .map(c -> c.floats()[0])
                .findFirst();
    }

    private Optional<Float> epsilon(OnnxNode node) {
        if (node.operator().equals("LayerNormalization")) {
            return Optional.of(node.real("epsilon", 1e-5f));
        }
        if (!node.operator().equals("Sqrt")) {
            return Optional.empty();
        }
        return node.input(0)
                .map(producers::get)
                .filter(add -> add.operator().equals("Add"))
                .flatMap(this::number);
    }
}
