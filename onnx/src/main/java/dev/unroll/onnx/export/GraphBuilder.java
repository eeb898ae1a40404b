package dev.unroll.onnx.export;

import dev.unroll.onnx.OnnxType;
import dev.unroll.tensor.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph of ONNX in the making. Values are known by their names; each method that adds a node
 * gives the name of its result. Nodes are named after the place in the model, such as {@code
 * /layers/layers/0/attention/MatMul}.
 */
final class GraphBuilder {
    /** The version of ONNX's operators: the first with LayerNormalization. */
    static final int OPERATORS = 17;

    private final ProtoWriter graph = new ProtoWriter();
    private final Shared shared;
    private String place = "";

    /**
     * What a graph and the graphs within it have in common.
     *
     * @param names of values, all different
     * @param parameters the names of the model's parameters
     * @param written the parameters that are in the graph already
     */
    private record Shared(
            Set<String> names, Map<Parameter, String> parameters, Set<String> written) {}

    /** An attribute of a node. */
    record Attribute(ProtoWriter message) {
        static Attribute of(String name, long value) {
            return new Attribute(new ProtoWriter().text(1, name).whole(3, value).whole(20, 2));
        }

        static Attribute of(String name, float value) {
            return new Attribute(new ProtoWriter().text(1, name).real(2, value).whole(20, 1));
        }

        static Attribute of(String name, String value) {
            return new Attribute(new ProtoWriter().text(1, name).text(4, value).whole(20, 3));
        }

        static Attribute of(String name, List<String> values) {
            ProtoWriter message = new ProtoWriter().text(1, name);
            values.forEach(value -> message.text(9, value));
            return new Attribute(message.whole(20, 8));
        }

        static Attribute ofAll(String name, long... values) {
            ProtoWriter message = new ProtoWriter().text(1, name);
            for (long value : values) {
                message.whole(8, value);
            }
            return new Attribute(message.whole(20, 7));
        }

        static Attribute of(String name, GraphBuilder inner) {
            return new Attribute(
                    new ProtoWriter().text(1, name).message(6, inner.graph).whole(20, 5));
        }
    }

    /** A graph for a model whose parameters have these names. */
    GraphBuilder(String name, Map<String, Parameter> parameters) {
        this(name, new Shared(new HashSet<>(), new IdentityHashMap<>(), new HashSet<>()));
        parameters.forEach((path, parameter) -> shared.parameters.put(parameter, path));
        shared.names.addAll(parameters.keySet());
    }

    private GraphBuilder(String name, Shared shared) {
        this.shared = shared;
        graph.text(2, name);
    }

    /** A graph within this one, such as the body of a Scan. */
    GraphBuilder inner(String name) {
        GraphBuilder inner = new GraphBuilder(name, shared);
        inner.place = place + "/" + name;
        return inner;
    }

    /** Something that is added at a place. */
    interface Part<T> {
        T add();
    }

    /** Adds what lies at a place within the present one. */
    <T> T at(Object name, Part<T> part) {
        String before = place;
        place = before + "/" + name;
        T result = part.add();
        place = before;
        return result;
    }

    String input(String name, OnnxType type, Object... dims) {
        graph.message(11, value(name, type, dims));
        shared.names.add(name);
        return name;
    }

    /** Gives a value a name as an output. */
    void output(String value, String name, OnnxType type, Object... dims) {
        node("Identity", List.of(value), List.of(name));
        graph.message(12, value(name, type, dims));
    }

    private static ProtoWriter value(String name, OnnxType type, Object... dims) {
        ProtoWriter shape = new ProtoWriter();
        for (Object dim : dims) {
            ProtoWriter one = new ProtoWriter();
            if (dim instanceof Integer size) {
                one.whole(1, size);
            } else {
                one.text(2, dim.toString());
            }
            shape.message(1, one);
        }
        ProtoWriter tensor = new ProtoWriter().whole(1, type.code()).message(2, shape);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }

    /** Adds a node with one result. */
    String add(String operator, List<String> inputs, Attribute... attributes) {
        return add(operator, 1, inputs, attributes).getFirst();
    }

    /** Adds a node with several results. */
    List<String> add(String operator, int results, List<String> inputs, Attribute... attributes) {
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            outputs.add(unique(place + "/" + operator + "_output"));
        }
        node(operator, inputs, outputs, attributes);
        return outputs;
    }

    private void node(
            String operator, List<String> inputs, List<String> outputs, Attribute... attributes) {
        ProtoWriter node = new ProtoWriter();
        inputs.forEach(input -> node.text(1, input));
        outputs.forEach(output -> node.text(2, output));
        node.text(3, unique(place + "/" + operator)).text(4, operator);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.message);
        }
        graph.message(1, node);
    }

    private String unique(String wanted) {
        String name = wanted;
        for (int i = 1; !shared.names.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    String unary(String operator, String x) {
        return add(operator, List.of(x));
    }

    String binary(String operator, String a, String b) {
        return add(operator, List.of(a, b));
    }

    /** A parameter under its own name, once. */
    String parameter(Parameter parameter) {
        String name = shared.parameters.get(parameter);
        if (name == null) {
            return constant("parameter", parameter.value().toArray(), parameter.shape().dims());
        }
        if (shared.written.add(name)) {
            tensor(
                    name,
                    OnnxType.FLOAT,
                    bytes(parameter.value().toArray()),
                    parameter.shape().dims());
        }
        return name;
    }

    String constant(String name, float[] values, int... dims) {
        String own = unique(place + "/" + name);
        tensor(own, OnnxType.FLOAT, bytes(values), dims);
        return own;
    }

    String scalar(double value) {
        return constant("Constant", new float[] {(float) value});
    }

    /** Real numbers of 64 bits. */
    String doubles(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putDouble(value);
        }
        String own = unique(place + "/Constant");
        tensor(own, OnnxType.DOUBLE, bytes.array(), values.length);
        return own;
    }

    /** A list of whole numbers. */
    String wholes(long... values) {
        return longs(values, values.length);
    }

    /** One whole number. */
    String whole(long value) {
        return longs(new long[] {value});
    }

    private String longs(long[] values, int... dims) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        String own = unique(place + "/Constant");
        tensor(own, OnnxType.INT64, bytes.array(), dims);
        return own;
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(4, values.length))
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private void tensor(String name, OnnxType type, byte[] bytes, int... dims) {
        ProtoWriter tensor = new ProtoWriter();
        for (int dim : dims) {
            tensor.whole(1, dim);
        }
        graph.message(5, tensor.whole(2, type.code()).text(8, name).bytes(9, bytes));
    }

    String reshape(String x, long... dims) {
        return binary("Reshape", x, wholes(dims));
    }

    String transpose(String x, long... order) {
        return add("Transpose", List.of(x), Attribute.ofAll("perm", order));
    }

    String unsqueeze(String x, long... axes) {
        return binary("Unsqueeze", x, wholes(axes));
    }

    String cast(String x, OnnxType type) {
        return add("Cast", List.of(x), Attribute.of("to", type.code()));
    }

    String concat(int axis, List<String> parts) {
        return add("Concat", parts, Attribute.of("axis", axis));
    }

    /** From one place to another along a dimension. */
    String slice(String x, int axis, long from, long to) {
        return add("Slice", List.of(x, wholes(from), wholes(to), wholes(axis)));
    }

    /** A size of a value, as one whole number. */
    String size(String x, int dimension) {
        return binary("Gather", unary("Shape", x), whole(dimension));
    }

    /** from, from + 1, .. to − 1. */
    String range(String from, String to) {
        return add("Range", List.of(from, to, whole(1)));
    }

    String sum(String x, int axis) {
        return add("ReduceSum", List.of(x, wholes(axis)), Attribute.of("keepdims", 0));
    }

    String softmax(String x, int axis) {
        return add("Softmax", List.of(x), Attribute.of("axis", axis));
    }

    /** All of the file. */
    byte[] model(Map<String, String> metadata) {
        ProtoWriter model =
                new ProtoWriter()
                        .whole(1, 8)
                        .text(2, "unroll")
                        .text(3, "1")
                        .message(7, graph)
                        .message(8, new ProtoWriter().text(1, "").whole(2, OPERATORS));
        metadata.forEach(
                (key, value) -> model.message(14, new ProtoWriter().text(1, key).text(2, value)));
        return model.encoded();
    }
}
