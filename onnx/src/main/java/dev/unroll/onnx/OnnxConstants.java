package dev.unroll.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The values of a model that do not depend on its inputs, in its graph and in the graphs within it:
 * initializers, and what nodes make of them by moving numbers about. So the weights of a layer are
 * found behind the slices and transpositions that an exporter put between.
 */
final class OnnxConstants {
    /** Operations between a constant and its use. */
    private static final int DEEPEST = 64;

    private final Map<String, OnnxTensor> stored = new HashMap<>();
    private final Map<String, OnnxNode> producers = new HashMap<>();
    private final Map<String, OnnxNode> nodes = new HashMap<>();
    private final List<OnnxNode> all = new ArrayList<>();
    private long numbers;

    /**
     * An array of real numbers.
     *
     * @param shape size of each dimension
     * @param values the last dimension running fastest
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Folded(int[] shape, float[] values) {
        Folded reshape(int... other) {
            return new Folded(other, values);
        }

        Folded requireShape(String what, int... wanted) {
            if (!Arrays.equals(shape, wanted)) {
                throw new OnnxException(
                        "%s is %s, not %s"
                                .formatted(what, Arrays.toString(shape), Arrays.toString(wanted)));
            }
            return this;
        }
    }

    OnnxConstants(OnnxGraph graph) {
        collect(graph);
    }

    private void collect(OnnxGraph graph) {
        graph.initializers().forEach(this::store);
        for (OnnxNode node : graph.nodes()) {
            all.add(node);
            if (!node.name().isEmpty()) {
                nodes.putIfAbsent(node.name(), node);
            }
            node.outputs().forEach(output -> producers.put(output, node));
            if (node.operator().equals("Constant")
                    && node.attributes().get("value") instanceof OnnxAttribute.Constant(var value)
                    && !node.outputs().isEmpty()) {
                store(node.outputs().getFirst(), value);
            }
            for (OnnxAttribute attribute : node.attributes().values()) {
                if (attribute instanceof OnnxAttribute.Subgraph(OnnxGraph inside)) {
                    collect(inside);
                }
            }
        }
    }

    private void store(String name, OnnxTensor tensor) {
        stored.put(name, tensor);
        numbers += Arrays.stream(tensor.shape()).asLongStream().reduce(1, (a, b) -> a * b);
    }

    /** The node of a name, in whichever graph it is. */
    OnnxNode node(String name) {
        OnnxNode node = nodes.get(name);
        if (node == null) {
            String end = name.substring(name.lastIndexOf('/') + 1);
            throw new OnnxException(
                    "the model has no node '%s'; names with '%s' at the end are %s"
                            .formatted(
                                    name,
                                    end,
                                    nodes.keySet().stream()
                                            .filter(n -> n.endsWith(end))
                                            .sorted()
                                            .limit(10)
                                            .toList()));
        }
        return node;
    }

    /** The nodes that use a value. */
    List<OnnxNode> users(String value) {
        return all.stream().filter(node -> node.inputs().contains(value)).toList();
    }

    /** Whether a value is one of those that {@link #get} can give. */
    boolean has(String value) {
        try {
            return !value.isEmpty() && find(value, 0).isPresent();
        } catch (OnnxException e) {
            return false;
        }
    }

    /**
     * {@return a constant}
     *
     * @param value its name
     * @param use for the error, such as "the weights of LSTM 'x'"
     */
    Folded get(String value, String use) {
        return find(value, 0)
                .orElseThrow(
                        () ->
                                new OnnxException(
                                        "%s, '%s', are no constant: %s"
                                                .formatted(
                                                        use,
                                                        value,
                                                        producers.containsKey(value)
                                                                ? producers.get(value)
                                                                        + " computes them from the"
                                                                        + " inputs"
                                                                : "they are an input")));
    }

    private Optional<Folded> find(String value, int depth) {
        if (depth > DEEPEST) {
            throw new OnnxException(
                    "more than %d operations lie between '%s' and the constants it is made of"
                            .formatted(DEEPEST, value));
        }
        OnnxTensor tensor = stored.get(value);
        if (tensor != null) {
            return Optional.of(new Folded(tensor.shape(), tensor.floats()));
        }
        OnnxNode node = producers.get(value);
        if (node == null) {
            return Optional.empty();
        }
        return switch (node.operator()) {
            case "Identity", "Cast" -> first(node, depth);
            case "Concat" -> concat(node, depth);
            case "DequantizeLinear" -> Optional.of(dequantized(node));
            case "Reshape" -> first(node, depth).map(x -> x.reshape(reshaped(node, x)));
            case "Slice" -> first(node, depth).map(x -> slice(node, x));
            case "Squeeze" -> first(node, depth).map(x -> x.reshape(squeezed(node, x)));
            case "Transpose" -> first(node, depth).map(x -> transposed(node, x));
            case "Unsqueeze" -> first(node, depth).map(x -> x.reshape(unsqueezed(node, x)));
            default -> Optional.empty();
        };
    }

    private Optional<Folded> first(OnnxNode node, int depth) {
        return node.input(0).flatMap(input -> find(input, depth + 1));
    }

    /** Whole numbers that older files have as an attribute and newer ones as an input. */
    private List<Long> wholes(OnnxNode node, String attribute, int input) {
        return node.input(input)
                .map(
                        name -> {
                            OnnxTensor tensor = stored.get(name);
                            if (tensor == null) {
                                throw new OnnxException(
                                        "%s of %s is no constant".formatted(attribute, node));
                            }
                            return Arrays.stream(tensor.wholes()).boxed().toList();
                        })
                .orElseGet(() -> node.wholes(attribute, List.of()));
    }

    private Folded dequantized(OnnxNode node) {
        OnnxTensor x = stored.get(node.input(0).orElse(""));
        OnnxTensor scale = stored.get(node.input(1).orElse(""));
        if (x == null || scale == null) {
            throw new OnnxException(node + " has numbers or scales that are no constants");
        }
        int axis = axis(node, node.whole("axis", 1), Math.max(1, x.shape().length));
        OnnxTensor zero = node.input(2).map(stored::get).orElse(null);
        return new Folded(x.shape(), Quantization.reals(x, scale, zero, axis));
    }

    private static int axis(OnnxNode node, long axis, int rank) {
        long from0 = axis < 0 ? axis + rank : axis;
        if (from0 < 0 || from0 >= rank) {
            throw new OnnxException("%s: axis %d of %d dimensions".formatted(node, axis, rank));
        }
        return (int) from0;
    }

    private int[] reshaped(OnnxNode node, Folded x) {
        int[] shape = wholes(node, "shape", 1).stream().mapToInt(Math::toIntExact).toArray();
        int free = -1;
        long known = 1;
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] == -1 && free < 0) {
                free = d;
                continue;
            }
            if (shape[d] == 0 && d < x.shape.length) {
                shape[d] = x.shape[d];
            }
            known *= shape[d];
        }
        if (free >= 0 && known > 0) {
            shape[free] = (int) (x.values.length / known);
            known *= shape[free];
        }
        if (known != x.values.length) {
            throw new OnnxException(
                    "%s: %d numbers do not fill %s"
                            .formatted(node, x.values.length, Arrays.toString(shape)));
        }
        return shape;
    }

    private int[] squeezed(OnnxNode node, Folded x) {
        List<Integer> axes =
                wholes(node, "axes", 1).stream().map(a -> axis(node, a, x.shape.length)).toList();
        return IntStream.range(0, x.shape.length)
                .filter(d -> x.shape[d] != 1 || !(axes.isEmpty() || axes.contains(d)))
                .map(d -> x.shape[d])
                .toArray();
    }

    private int[] unsqueezed(OnnxNode node, Folded x) {
        List<Long> wanted = wholes(node, "axes", 1);
        int rank = x.shape.length + wanted.size();
        List<Integer> axes = wanted.stream().map(a -> axis(node, a, rank)).distinct().toList();
        if (axes.size() != wanted.size()) {
            throw new OnnxException("%s: the axes %s are not distinct".formatted(node, wanted));
        }
        int[] shape = new int[rank];
        int from = 0;
        for (int d = 0; d < rank; d++) {
            shape[d] = axes.contains(d) ? 1 : x.shape[from++];
        }
        return shape;
    }

    private Folded slice(OnnxNode node, Folded x) {
        List<Long> starts = wholes(node, "starts", 1);
        List<Long> ends = wholes(node, "ends", 2);
        List<Long> axes = wholes(node, "axes", 3);
        List<Long> steps = wholes(node, "steps", 4);
        if (ends.size() != starts.size() || steps.stream().anyMatch(step -> step != 1)) {
            throw new OnnxException(node + " is no plain slice");
        }
        Folded cut = x;
        for (int i = 0; i < starts.size(); i++) {
            int axis = axis(node, i < axes.size() ? axes.get(i) : i, x.shape.length);
            int size = cut.shape[axis];
            cut = slice(cut, axis, place(starts.get(i), size), place(ends.get(i), size));
        }
        return cut;
    }

    private static int place(long at, int size) {
        return Math.clamp(at < 0 ? at + size : at, 0, size);
    }

    private static Folded slice(Folded x, int axis, int from, int to) {
        int[] shape = x.shape.clone();
        shape[axis] = Math.max(0, to - from);
        int inner = product(shape, axis + 1, shape.length);
        int outer = product(shape, 0, axis);
        float[] values = new float[outer * shape[axis] * inner];
        for (int o = 0; o < outer; o++) {
            System.arraycopy(
                    x.values,
                    (o * x.shape[axis] + from) * inner,
                    values,
                    o * shape[axis] * inner,
                    shape[axis] * inner);
        }
        return new Folded(shape, values);
    }

    private Optional<Folded> concat(OnnxNode node, int depth) {
        List<Folded> parts = new ArrayList<>();
        long size = 0;
        for (String input : node.inputs()) {
            Optional<Folded> part = find(input, depth + 1);
            if (part.isEmpty()) {
                return part;
            }
            size += part.get().values.length;
            if (size > numbers) {
                throw new OnnxException(node + " makes more numbers than the model has constants");
            }
            parts.add(part.get());
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        int[] shape = parts.getFirst().shape.clone();
        int axis = axis(node, node.whole("axis", 0), shape.length);
        int inner = product(shape, axis + 1, shape.length);
        int outer = product(shape, 0, axis);
        shape[axis] = 0;
        for (Folded part : parts) {
            int[] like = part.shape.clone();
            if (like.length == shape.length) {
                shape[axis] += like[axis];
                like[axis] = shape[axis];
            }
            if (!Arrays.equals(like, shape)) {
                throw new OnnxException(
                        "%s: %s does not fit beside %s"
                                .formatted(
                                        node,
                                        Arrays.toString(part.shape),
                                        Arrays.toString(parts.getFirst().shape)));
            }
        }
        float[] values = new float[(int) size];
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (Folded part : parts) {
                int n = part.shape[axis] * inner;
                System.arraycopy(part.values, o * n, values, at, n);
                at += n;
            }
        }
        return Optional.of(new Folded(shape, values));
    }

    private static Folded transposed(OnnxNode node, Folded x) {
        int rank = x.shape.length;
        List<Long> reversed = IntStream.range(0, rank).mapToObj(d -> rank - 1L - d).toList();
        List<Long> order = node.wholes("perm", reversed);
        if (!reversed.stream().sorted().toList().equals(order.stream().sorted().toList())) {
            throw new OnnxException("%s: %s is no order of dimensions".formatted(node, order));
        }
        int[] shape = order.stream().mapToInt(d -> x.shape[d.intValue()]).toArray();
        int[] strides =
                order.stream().mapToInt(d -> product(x.shape, d.intValue() + 1, rank)).toArray();
        float[] values = new float[x.values.length];
        int[] at = new int[rank];
        for (int i = 0; i < values.length; i++) {
            int from = 0;
            for (int d = 0; d < rank; d++) {
                from += at[d] * strides[d];
            }
            values[i] = x.values[from];
            for (int d = rank - 1; d >= 0 && ++at[d] == shape[d]; d--) {
                at[d] = 0;
            }
        }
        return new Folded(shape, values);
    }

    private static int product(int[] shape, int from, int to) {
        int product = 1;
        for (int d = from; d < to; d++) {
            product *= shape[d];
        }
        return product;
    }
}
