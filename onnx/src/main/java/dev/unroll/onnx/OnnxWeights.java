package dev.unroll.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The constants of an ONNX file as weights under the names and in the layouts that they had in
 * PyTorch.
 *
 * <p>An exporter turns the matrix of a linear layer, [out, in], around and gives it a number for a
 * name, {@code onnx::MatMul_885}; but the product that it goes into is still named after the layer,
 * {@code /encoder/layer.0/attention/self/query/MatMul}. Such a matrix is given here as {@code
 * encoder.layer.0.attention.self.query.weight}, [out, in]. Whole numbers of 8 bits with a scale and
 * a zero point, for the whole array or for each column, are given as real ones: {@code (q − zero) ·
 * scale}.
 */
public final class OnnxWeights {
    private static final Pattern NUMBERED = Pattern.compile(".*::.*|(val_)?\\d+|.*Constant\\S*");

    /**
     * Rows that are turned around together, so that what is read and written stays in the cache.
     */
    private static final int TILE = 16;

    private static final String QUANTIZED = "_quantized";
    private static final String SCALE = "_scale";
    private static final String ZERO = "_zero_point";

    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final Map<String, String> metadata;
    private final List<String> passedOver = new ArrayList<>();

    private OnnxWeights(Map<String, String> metadata) {
        this.metadata = metadata;
    }

    /**
     * The weights of a model.
     *
     * @param model as it was read
     * @return its weights; their numbers are read when they are asked for
     */
    public static OnnxWeights of(OnnxModel model) {
        OnnxWeights weights = new OnnxWeights(model.metadata());
        weights.collect(model.graph());
        return weights;
    }

    private void collect(OnnxGraph graph) {
        Map<String, OnnxTensor> constants = new LinkedHashMap<>(graph.initializers());
        Map<String, OnnxNode> products = new HashMap<>();
        Map<String, OnnxNode> dequantized = new LinkedHashMap<>();
        for (OnnxNode node : graph.nodes()) {
            switch (node.operator()) {
                case "MatMul", "MatMulInteger", "Gemm" ->
                        node.input(1).ifPresent(matrix -> products.putIfAbsent(matrix, node));
                case "Constant" -> {
                    if (node.attributes().get("value") instanceof OnnxAttribute.Constant(var value)
                            && !node.outputs().isEmpty()) {
                        constants.put(node.outputs().getFirst(), value);
                    }
                }
                case "DequantizeLinear" ->
                        node.input(0).ifPresent(stored -> dequantized.put(stored, node));
                default -> {}
            }
        }
        Set<String> helpers = new HashSet<>();
        Map<String, Weight> found = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxTensor> each : constants.entrySet()) {
            OnnxNode node = dequantized.get(each.getKey());
            OnnxTensor scale = scale(each.getKey(), node, constants);
            if (scale != null && !each.getValue().type().isReal()) {
                String zeroName =
                        node != null ? node.input(2).orElse("") : base(each.getKey()) + ZERO;
                helpers.add(node != null ? node.inputs().get(1) : base(each.getKey()) + SCALE);
                helpers.add(zeroName);
                found.put(
                        each.getKey(),
                        new Weight(
                                each.getValue(),
                                scale,
                                constants.get(zeroName),
                                axis(node, each.getValue()),
                                false));
            } else if (each.getValue().type().isReal()) {
                found.put(each.getKey(), new Weight(each.getValue(), null, null, 0, false));
            } else if (graph.initializers().containsKey(each.getKey())) {
                passedOver.add(each.getKey());
            }
        }
        passedOver.removeAll(helpers);
        found.keySet().removeAll(helpers);
        found.forEach(
                (name, weight) -> {
                    OnnxNode node = dequantized.get(name);
                    String value = node == null ? name : node.outputs().getFirst();
                    add(base(name), weight, products.get(value));
                });
    }

    private static @Nullable OnnxTensor scale(
            String name, @Nullable OnnxNode node, Map<String, OnnxTensor> constants) {
        if (node != null) {
            return node.input(1).map(constants::get).orElse(null);
        }
        return name.endsWith(QUANTIZED) ? constants.get(base(name) + SCALE) : null;
    }

    /** The dimension with a scale for each of its places: the columns where no node says. */
    private static int axis(@Nullable OnnxNode node, OnnxTensor stored) {
        int rank = stored.shape().length;
        if (node == null) {
            return rank - 1;
        }
        long axis = node.whole("axis", 1);
        return (int) (axis < 0 ? axis + rank : axis);
    }

    private static String base(String name) {
        return name.endsWith(QUANTIZED)
                ? name.substring(0, name.length() - QUANTIZED.length())
                : name;
    }

    /** A weight under its own name, or, where that is a number, under that of its product. */
    private void add(String name, Weight weight, @Nullable OnnxNode product) {
        if (!NUMBERED.matcher(name).matches()) {
            weights.put(name, weight);
            return;
        }
        if (weight.stored.shape().length == 0) {
            return; // a number in a formula
        }
        boolean layer =
                product != null
                        && product.name().indexOf('/', 1) > 0
                        && weight.stored.shape().length == 2;
        if (product == null || !layer) {
            if (!name.contains("Constant")) {
                weights.put(name, weight);
            }
            return;
        }
        String path = product.name().substring(0, product.name().lastIndexOf('/'));
        String own = path.replaceFirst("^/", "").replace('/', '.') + ".weight";
        boolean turned = product.operator().equals("Gemm") && product.whole("transB", 0) == 1;
        weights.putIfAbsent(own, turned ? weight : weight.transpose());
    }

    /**
     * {@return the weights that there are, in the order of the file: the size of each dimension by
     * name}
     */
    public Map<String, int[]> shapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        weights.forEach((name, weight) -> shapes.put(name, weight.shape()));
        return Collections.unmodifiableMap(shapes);
    }

    /** {@return free text by key} */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * {@return the names of the constants of whole numbers, such as sizes, which are no weights}
     */
    public List<String> passedOver() {
        return Collections.unmodifiableList(passedOver);
    }

    /**
     * Reads a weight.
     *
     * @param name of the weight
     * @return its numbers, the last dimension running fastest; the caller may keep them
     * @throws OnnxException if there is none of that name, or it is damaged
     */
    public float[] values(String name) {
        Weight weight = weights.get(name);
        if (weight == null) {
            throw new OnnxException("there is no weight '%s'".formatted(name));
        }
        return weight.values();
    }

    /**
     * A constant and what makes a weight of it.
     *
     * @param scale of whole numbers, one or one for each place of a dimension
     * @param zero which whole number is 0
     * @param axis the dimension with scales
     * @param transposed whether rows and columns are changed
     */
    private record Weight(
            OnnxTensor stored,
            @Nullable OnnxTensor scale,
            @Nullable OnnxTensor zero,
            int axis,
            boolean transposed) {

        Weight transpose() {
            return new Weight(stored, scale, zero, axis, true);
        }

        int[] shape() {
            int[] shape = stored.shape();
            return transposed ? new int[] {shape[1], shape[0]} : shape;
        }

        float[] values() {
            float[] values =
                    scale == null ? stored.floats() : Quantization.reals(stored, scale, zero, axis);
            if (!transposed) {
                return values;
            }
            int rows = stored.shape()[0];
            int columns = stored.shape()[1];
            float[] turned = new float[values.length];
            for (int from = 0; from < rows; from += TILE) {
                for (int c = 0; c < columns; c++) {
                    for (int r = from; r < Math.min(from + TILE, rows); r++) {
                        turned[c * rows + r] = values[r * columns + c];
                    }
                }
            }
            return turned;
        }
    }
}
