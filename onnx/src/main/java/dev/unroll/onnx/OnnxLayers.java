package dev.unroll.onnx;

import dev.unroll.backend.Window;
import dev.unroll.nn.image.Convolution;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.LayerNorm;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Unroll's layers out of the nodes of an ONNX model, by the nodes' names: the parts of a network
 * that somebody else trained, to be put together as its paper or its graph says.
 *
 * <pre>{@code
 * OnnxLayers layers = OnnxLayers.of(OnnxModel.read(file));
 * Recurrent lstm = layers.recurrent("/decoder/rnn/LSTM");
 * Linear head = layers.linear("/decoder/head/Gemm");
 * }</pre>
 *
 * <p>Nodes are also found in graphs within the graph, such as the branches of an If. Weights may
 * lie behind slices, transpositions and the like. A node that does what the layer cannot, such as
 * an LSTM with peepholes, is refused.
 */
public final class OnnxLayers {
    private final OnnxConstants constants;

    private OnnxLayers(OnnxConstants constants) {
        this.constants = constants;
    }

    /**
     * The layers of a model.
     *
     * @param model as it was read
     * @return its layers, each of which is made when it is asked for
     */
    public static OnnxLayers of(OnnxModel model) {
        return new OnnxLayers(new OnnxConstants(model.graph()));
    }

    /**
     * {@return a stack of recurrent layers}
     *
     * @param nodes LSTM, GRU or RNN, the lowest layer first; all of them read forward, or all both
     *     ways
     * @throws OnnxException if a node is missing, is no recurrent layer, or has what Unroll's cells
     *     have not
     */
    public Recurrent recurrent(String... nodes) {
        List<OnnxCells.Directions> layers = Stream.of(nodes).map(this::cells).toList();
        for (OnnxCells.Directions layer : layers) {
            if (layer.forward() == null) {
                throw new OnnxException(
                        "%s reads backwards alone; take cells(\"%s\") and unroll its cell backwards"
                                .formatted(layer.node(), layer.node().name()));
            }
        }
        return OnnxCells.stack(layers);
    }

    /**
     * {@return the cells of a recurrent layer}
     *
     * @param node LSTM, GRU or RNN
     * @throws OnnxException if the node is missing, is no recurrent layer, or has what Unroll's
     *     cells have not
     */
    public OnnxCells.Directions cells(String node) {
        return OnnxCells.of(constants, constants.node(node));
    }

    /**
     * {@return a linear layer} The bias of a MatMul is that of the Add behind it, if there is one.
     *
     * @param node Gemm, or MatMul with a constant
     * @throws OnnxException if the node is missing or is another
     */
    public Linear linear(String node) {
        OnnxNode product = require(node, "Gemm", "MatMul");
        OnnxConstants.Folded weight = matrix(product);
        if (product.operator().equals("MatMul")) {
            return new Linear(parameter(weight), bias(product, weight.shape()[1]));
        }
        if (product.whole("transA", 0) != 0
                || product.real("alpha", 1) != 1
                || product.real("beta", 1) != 1) {
            throw new OnnxException(
                    product + " turns its input around or has factors, and is no linear layer");
        }
        int in = weight.shape()[0];
        int out = weight.shape()[1];
        if (product.whole("transB", 0) == 1) {
            in = weight.shape()[1];
            out = weight.shape()[0];
            weight =
                    new OnnxConstants.Folded(
                            new int[] {in, out}, OnnxCells.transpose(weight.values(), out, in));
        }
        int width = out;
        Parameter bias =
                product.input(2)
                        .map(name -> constants.get(name, "the bias of " + product))
                        .map(b -> parameter(b.reshape(b.values().length)))
                        .orElse(null);
        if (bias != null && bias.size() != width) {
            throw new OnnxException(
                    "%s has %d biases for %d numbers".formatted(product, bias.size(), width));
        }
        return new Linear(parameter(weight), bias);
    }

    private OnnxConstants.Folded matrix(OnnxNode product) {
        String name = product.input(1).orElse("");
        OnnxConstants.Folded weight = constants.get(name, "the weights of " + product);
        if (weight.shape().length != 2) {
            throw new OnnxException(
                    "%s has weights of %d dimensions, not 2"
                            .formatted(product, weight.shape().length));
        }
        return weight;
    }

    private @Nullable Parameter bias(OnnxNode product, int width) {
        String result = product.outputs().getFirst();
        List<OnnxNode> users = constants.users(result);
        if (users.size() != 1 || !users.getFirst().operator().equals("Add")) {
            return null;
        }
        Optional<OnnxConstants.Folded> bias =
                users.getFirst().inputs().stream()
                        .filter(input -> !input.equals(result) && constants.has(input))
                        .map(input -> constants.get(input, "the bias of " + product))
                        .filter(b -> b.shape().length == 1 && b.values().length == width)
                        .findFirst();
        return bias.map(OnnxLayers::parameter).orElse(null);
    }

    /**
     * {@return a convolution} Of a convolution along a line, the images have one row: [batch, 1,
     * time, channels].
     *
     * @param node Conv along one or two dimensions
     * @throws OnnxException if the node is missing or is another
     */
    public Convolution convolution(String node) {
        OnnxNode conv = require(node, "Conv");
        OnnxConstants.Folded w = constants.get(conv.input(1).orElse(""), "the weights of " + conv);
        int along = w.shape().length - 2;
        if (along != 1 && along != 2) {
            throw new OnnxException(
                    "%s convolves along %d dimensions, not 1 or 2".formatted(conv, along));
        }
        if (!conv.text("auto_pad", "NOTSET").equals("NOTSET")) {
            throw new OnnxException(conv + " has auto_pad, and only numbers of padding are read");
        }
        int out = w.shape()[0];
        int in = w.shape()[1];
        int height = along == 1 ? 1 : w.shape()[2];
        int width = w.shape()[along + 1];
        Window window =
                new Window(
                        height,
                        width,
                        along == 1 ? 1 : at(conv, "strides", 0, 1),
                        at(conv, "strides", along - 1, 1),
                        new Window.Padding(
                                along == 1 ? 0 : at(conv, "pads", 0, 0),
                                along == 1 ? 0 : at(conv, "pads", 2, 0),
                                at(conv, "pads", along - 1, 0),
                                at(conv, "pads", 2 * along - 1, 0)),
                        along == 1 ? 1 : at(conv, "dilations", 0, 1),
                        at(conv, "dilations", along - 1, 1));
        float[] kernel = new float[w.values().length];
        int taps = height * width;
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int t = 0; t < taps; t++) {
                    kernel[(t * in + i) * out + o] = w.values()[(o * in + i) * taps + t];
                }
            }
        }
        Parameter bias =
                conv.input(2)
                        .map(name -> constants.get(name, "the bias of " + conv))
                        .map(b -> parameter(b.requireShape("the bias of " + conv, out)))
                        .orElse(null);
        return new Convolution(
                Parameter.of(kernel, height, width, in, out),
                bias,
                window,
                Math.toIntExact(conv.whole("group", 1)));
    }

    private static int at(OnnxNode node, String attribute, int index, int otherwise) {
        List<Long> values = node.wholes(attribute, List.of());
        if (values.isEmpty()) {
            return otherwise;
        }
        if (index >= values.size() || values.get(index) < 0 || values.get(index) > 1 << 20) {
            throw new OnnxException("%s has %s %s".formatted(node, attribute, values));
        }
        return values.get(index).intValue();
    }

    /**
     * {@return a layer norm along the last dimension}
     *
     * @param node LayerNormalization
     * @throws OnnxException if the node is missing or is another, or normalises more than the last
     *     dimension
     */
    public LayerNorm layerNorm(String node) {
        OnnxNode norm = require(node, "LayerNormalization");
        OnnxConstants.Folded gain =
                constants.get(norm.input(1).orElse(""), "the weights of " + norm);
        if (gain.shape().length != 1) {
            throw new OnnxException(
                    "%s normalises %d dimensions, not the last alone"
                            .formatted(norm, gain.shape().length));
        }
        int width = gain.values().length;
        Parameter bias =
                norm.input(2)
                        .map(name -> constants.get(name, "the bias of " + norm))
                        .map(b -> parameter(b.requireShape("the bias of " + norm, width)))
                        .orElseGet(() -> Parameter.full(0, width));
        return new LayerNorm(parameter(gain), bias, norm.real("epsilon", 1e-5f));
    }

    /**
     * {@return an embedding}
     *
     * @param node Gather that picks rows of a constant
     * @throws OnnxException if the node is missing or is another
     */
    public Embedding embedding(String node) {
        OnnxNode gather = require(node, "Gather");
        OnnxConstants.Folded table =
                constants.get(gather.input(0).orElse(""), "the rows of " + gather);
        if (table.shape().length != 2 || gather.whole("axis", 0) != 0) {
            throw new OnnxException(gather + " does not pick rows of a matrix");
        }
        return new Embedding(parameter(table));
    }

    private OnnxNode require(String name, String... operators) {
        OnnxNode node = constants.node(name);
        if (!List.of(operators).contains(node.operator())) {
            throw new OnnxException("%s is no %s".formatted(node, String.join(" or ", operators)));
        }
        return node;
    }

    private static Parameter parameter(OnnxConstants.Folded constant) {
        return Parameter.of(constant.values(), constant.shape());
    }
}
