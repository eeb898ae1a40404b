package dev.unroll.onnx;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages of onnx.proto3 as records. Whatever the bytes, memory stays within a small multiple of
 * the file, and nesting within {@value #DEEPEST} graphs.
 */
final class OnnxReader {
    /** Bytes of a name or a metadata value, such as a tokenizer. */
    static final long LONGEST_TEXT = 64 << 20;

    private static final int DEEPEST = 16;

    /** Nodes, attributes, constants, names. Large networks have some 100,000. */
    private static final int MOST_PARTS = 2_000_000;

    private static final int MOST_DIMENSIONS = 32;
    private static final int EXTERNAL = 1;

    private final String file;
    private int parts;

    OnnxReader(String file) {
        this.file = file;
    }

    OnnxModel model(MemorySegment bytes) {
        String producer = "";
        Map<String, Long> opsets = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        OnnxGraph graph = null;
        ProtoReader in = new ProtoReader(bytes, file, "the model");
        while (in.next()) {
            count(in);
            switch (in.field()) {
                case 2 -> producer = in.text();
                case 7 -> {
                    if (graph != null) {
                        throw in.damaged("there are two graphs");
                    }
                    graph = graph(in.message("the graph"), 1, null);
                }
                case 8 -> opset(in.message("an operator set"), opsets);
                case 14 -> {
                    String[] pair = pair(in.message("the metadata"));
                    metadata.put(pair[0], pair[1]);
                }
                default -> in.skip();
            }
        }
        if (graph == null) {
            throw in.damaged("there is no graph");
        }
        return new OnnxModel(producer, opsets, metadata, graph);
    }

    private void count(ProtoReader in) {
        if (++parts > MOST_PARTS) {
            throw in.damaged(
                    "there are more than %,d nodes, names, attributes and constants"
                            .formatted(MOST_PARTS));
        }
    }

    private void opset(ProtoReader in, Map<String, Long> opsets) {
        String domain = "";
        long version = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> domain = in.text();
                case 2 -> version = in.whole();
                default -> in.skip();
            }
        }
        opsets.put(domain, version);
    }

    private static String[] pair(ProtoReader in) {
        String[] pair = {"", ""};
        while (in.next()) {
            switch (in.field()) {
                case 1 -> pair[0] = in.text();
                case 2 -> pair[1] = in.text();
                default -> in.skip();
            }
        }
        return pair;
    }

    /** The names of values that a node may use: those of its graph and of the graphs around it. */
    private record Scope(@Nullable Scope outer, Set<String> names) {
        boolean knows(String name) {
            return names.contains(name) || (outer != null && outer.knows(name));
        }
    }

    private OnnxGraph graph(ProtoReader in, int depth, @Nullable Scope outer) {
        if (depth > DEEPEST) {
            throw in.damaged("graphs lie within each other more than %d deep".formatted(DEEPEST));
        }
        String name = "";
        List<MemorySegment> stored = new ArrayList<>();
        Map<String, OnnxTensor> initializers = new LinkedHashMap<>();
        List<OnnxValue> inputs = new ArrayList<>();
        List<OnnxValue> outputs = new ArrayList<>();
        while (in.next()) {
            count(in);
            switch (in.field()) {
                case 1 -> stored.add(in.bytes());
                case 2 -> name = in.text();
                case 5 -> {
                    OnnxTensor tensor = tensor(in.bytes());
                    if (initializers.put(tensor.name(), tensor) != null) {
                        throw in.damaged("two constants are named '" + tensor.name() + "'");
                    }
                }
                case 11 -> inputs.add(value(in.message("an input")));
                case 12 -> outputs.add(value(in.message("an output")));
                default -> in.skip();
            }
        }
        Scope known = new Scope(outer, new HashSet<>(initializers.keySet()));
        inputs.forEach(input -> known.names.add(input.name()));
        List<OnnxNode> nodes = new ArrayList<>();
        for (MemorySegment bytes : stored) {
            OnnxNode node = node(new ProtoReader(bytes, file, "a node"), depth, known);
            for (String input : node.inputs()) {
                if (!input.isEmpty() && !known.knows(input)) {
                    throw in.damaged(
                            ("%s needs '%s', which no node before it computes: the nodes are not in"
                                            + " order, or there is a circle")
                                    .formatted(node, input));
                }
            }
            known.names.addAll(node.outputs());
            nodes.add(node);
        }
        return new OnnxGraph(name, nodes, initializers, inputs, outputs);
    }

    private OnnxNode node(ProtoReader in, int depth, Scope known) {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        String name = "";
        String operator = "";
        String domain = "";
        Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
        while (in.next()) {
            count(in);
            switch (in.field()) {
                case 1 -> inputs.add(in.text());
                case 2 -> outputs.add(in.text());
                case 3 -> name = in.text();
                case 4 -> operator = in.text();
                case 5 ->
                        attribute(
                                in.message("an attribute of node '" + name + "'"),
                                depth,
                                known,
                                attributes);
                case 7 -> domain = in.text();
                default -> in.skip();
            }
        }
        return new OnnxNode(name, operator, domain, inputs, outputs, attributes);
    }

    private void attribute(
            ProtoReader in, int depth, Scope known, Map<String, OnnxAttribute> attributes) {
        String name = "";
        long kind = 0;
        OnnxAttribute one = null;
        List<Float> reals = new ArrayList<>();
        List<Long> wholes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        while (in.next()) {
            count(in);
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> one = new OnnxAttribute.Real(in.real());
                case 3 -> one = new OnnxAttribute.Whole(in.whole());
                case 4 -> one = new OnnxAttribute.Text(in.text());
                case 5 -> one = new OnnxAttribute.Constant(tensor(in.bytes()));
                case 6 ->
                        one =
                                new OnnxAttribute.Subgraph(
                                        graph(in.message("a graph within it"), depth + 1, known));
                case 7 ->
                        in.fixed32(
                                bits -> {
                                    count(in);
                                    reals.add(Float.intBitsToFloat((int) bits));
                                });
                case 8 ->
                        in.wholes(
                                bits -> {
                                    count(in);
                                    wholes.add(bits);
                                });
                case 9 -> texts.add(in.text());
                case 20 -> kind = in.whole();
                default -> in.skip();
            }
        }
        attributes.put(name, value(kind, one, reals, wholes, texts));
    }

    /** The value of the kind that the attribute says, which may have been left out as a 0. */
    private static OnnxAttribute value(
            long kind,
            @Nullable OnnxAttribute one,
            List<Float> reals,
            List<Long> wholes,
            List<String> texts) {
        if (one != null) {
            return one;
        }
        return switch ((int) kind) {
            case 1 -> new OnnxAttribute.Real(0);
            case 2 -> new OnnxAttribute.Whole(0);
            case 3 -> new OnnxAttribute.Text("");
            case 6 -> new OnnxAttribute.Reals(reals);
            case 7 -> new OnnxAttribute.Wholes(wholes);
            case 8 -> new OnnxAttribute.Texts(texts);
            default -> new OnnxAttribute.Other(kind);
        };
    }

    private OnnxTensor tensor(MemorySegment message) {
        ProtoReader in = new ProtoReader(message, file, "a constant");
        List<Integer> dims = new ArrayList<>();
        long type = 0;
        String name = "";
        MemorySegment raw = null;
        boolean external = false;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> in.wholes(d -> dims.add(dimension(in, d, dims.size())));
                case 2 -> type = in.whole();
                case 8 -> name = in.text();
                case 9 -> raw = in.bytes();
                case 14 -> external = in.whole() == EXTERNAL;
                default -> in.skip();
            }
        }
        String whose = "%s: the constant '%s'".formatted(file, name);
        if (external) {
            throw new OnnxException(
                    whose
                            + " has its numbers in another file, which is not read. Save the model"
                            + " as one file: onnx.save_model(onnx.load(file), one,"
                            + " save_as_external_data=False)");
        }
        int[] shape = dims.stream().mapToInt(d -> d).toArray();
        return new OnnxTensor(file, name, OnnxType.of(type, whose), shape, raw, message);
    }

    private static int dimension(ProtoReader in, long size, int before) {
        if (size < 0 || size > Integer.MAX_VALUE || before == MOST_DIMENSIONS) {
            throw in.damaged(
                    "dimension %d has the size %d; at most %d dimensions of sizes from 0 are read"
                            .formatted(before, size, MOST_DIMENSIONS));
        }
        return (int) size;
    }

    /** Name and dimensions; the types of values are not needed. */
    private static OnnxValue value(ProtoReader in) {
        String name = "";
        List<String> dims = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> type(in.message("the type of '" + name + "'"), dims);
                default -> in.skip();
            }
        }
        return new OnnxValue(name, dims);
    }

    private static void type(ProtoReader in, List<String> dims) {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> tensorType(in.message("the type of a tensor"), dims);
                default -> in.skip();
            }
        }
    }

    private static void tensorType(ProtoReader in, List<String> dims) {
        while (in.next()) {
            switch (in.field()) {
                case 2 -> {
                    ProtoReader shape = in.message("a shape");
                    while (shape.next()) {
                        if (shape.field() == 1 && dims.size() < MOST_DIMENSIONS) {
                            dims.add(size(shape.message("a dimension")));
                        } else {
                            shape.skip();
                        }
                    }
                }
                default -> in.skip();
            }
        }
    }

    private static String size(ProtoReader in) {
        String size = "?";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> size = Long.toString(in.whole());
                case 2 -> size = in.text();
                default -> in.skip();
            }
        }
        return size;
    }
}
