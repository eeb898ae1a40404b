package dev.unroll.formats.safetensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code state_dict} of a module of PyTorch, saved as safetensors, for a model of Unroll's
 * layers. {@link Weights} has PyTorch's names and layouts already; here are the names that differ:
 *
 * <ul>
 *   <li>{@code nn.TransformerEncoderLayer} and {@code nn.TransformerDecoderLayer}, whose queries,
 *       keys and values lie in one array, become {@link dev.unroll.nn.transformer.EncoderLayer} and
 *       {@link dev.unroll.nn.transformer.DecoderLayer}; their stacks and {@code
 *       nn.MultiheadAttention} too;
 *   <li>{@code nn.RNNCell}, {@code nn.LSTMCell} and {@code nn.GRUCell} become stacks of one layer;
 *   <li>recurrent layers that were made with {@code bias=False} have biases of 0.
 * </ul>
 *
 * docs/from-pytorch.md shows both sides.
 */
public final class StateDict {
    private static final Pattern SIDE_BY_SIDE = Pattern.compile("(.*\\.)?in_proj_(weight|bias)");
    private static final Pattern RECURRENT =
            Pattern.compile("((?:.*\\.)?)weight_hh(_l\\d+(?:_reverse)?|)");
    private static final String[] PARTS = {"query", "key", "value"};

    private StateDict() {}

    /**
     * Reads a file into a model.
     *
     * @param model a record of layers, whose weights are changed
     * @param file a safetensors file of a {@code state_dict}
     * @throws WeightsException if the file's names or shapes are not the model's; all differences
     *     are listed, and the model is as it was
     * @throws IOException if it cannot be read
     */
    public static void load(Object model, Path file) throws IOException {
        load(model, file, UnaryOperator.identity());
    }

    /**
     * Reads a file into a model whose components have other names.
     *
     * @param model a record of layers, whose weights are changed
     * @param file a safetensors file of a {@code state_dict}
     * @param names from a name in the file to the one that the model would have in PyTorch, such as
     *     {@code name -> name.replace("rnn.", "encoder.")}
     * @throws WeightsException if the file's names or shapes are not the model's; all differences
     *     are listed, and the model is as it was
     * @throws IOException if it cannot be read
     */
    public static void load(Object model, Path file, UnaryOperator<String> names)
            throws IOException {
        Map<String, Safetensors.Array> renamed = new LinkedHashMap<>();
        for (Map.Entry<String, Safetensors.Array> each :
                Safetensors.read(file).arrays().entrySet()) {
            String name = names.apply(each.getKey());
            if (renamed.put(name, each.getValue()) != null) {
                throw new WeightsException("%s: two arrays become '%s'".formatted(file, name));
            }
        }
        Safetensors own = new Safetensors(arrays(renamed, file), Map.of());
        Weights.set(model, own, file);
    }

    private static Map<String, Safetensors.Array> arrays(
            Map<String, Safetensors.Array> stored, Path file) {
        Set<String> encoders = new HashSet<>();
        Set<String> decoders = new HashSet<>();
        for (String name : stored.keySet()) {
            int self = name.indexOf("self_attn.");
            if (self >= 0) {
                encoders.add(name.substring(0, self));
            }
            int across = name.indexOf("multihead_attn.");
            if (across >= 0) {
                decoders.add(name.substring(0, across));
            }
        }
        encoders.removeAll(decoders);
        Map<String, Safetensors.Array> own = new LinkedHashMap<>();
        stored.forEach(
                (name, array) -> {
                    String place = place(name, encoders, decoders);
                    Matcher one = SIDE_BY_SIDE.matcher(place);
                    if (one.matches()) {
                        split(one, array, own, file);
                    } else {
                        own.put(place, array);
                    }
                });
        stored.keySet().forEach(name -> biases(name, stored, own));
        return own;
    }

    /** A name under PyTorch's layers as it is under Unroll's. */
    private static String place(String name, Set<String> encoders, Set<String> decoders) {
        for (String layer : encoders) {
            if (name.startsWith(layer)) {
                return layer
                        + name.substring(layer.length())
                                .replaceFirst("^self_attn\\.", "attention.")
                                .replaceFirst("^attention\\.out_proj\\.", "attention.output.")
                                .replaceFirst("^linear1\\.", "feedForward.in.")
                                .replaceFirst("^linear2\\.", "feedForward.out.")
                                .replaceFirst("^norm1\\.", "attentionSublayer.norm.")
                                .replaceFirst("^norm2\\.", "feedForwardSublayer.norm.");
            }
        }
        for (String layer : decoders) {
            if (name.startsWith(layer)) {
                return layer
                        + name.substring(layer.length())
                                .replaceFirst("^self_attn\\.", "attention.")
                                .replaceFirst("^multihead_attn\\.", "cross.")
                                .replaceFirst("^(attention|cross)\\.out_proj\\.", "$1.output.")
                                .replaceFirst("^linear1\\.", "feedForward.in.")
                                .replaceFirst("^linear2\\.", "feedForward.out.")
                                .replaceFirst("^norm1\\.", "attentionSublayer.norm.")
                                .replaceFirst("^norm2\\.", "crossSublayer.norm.")
                                .replaceFirst("^norm3\\.", "feedForwardSublayer.norm.");
            }
        }
        if (name.matches("(.*\\.)?(weight|bias)_(ih|hh)")) {
            return name + "_l0"; // a cell alone
        }
        return name.replaceFirst("(^|\\.)out_proj\\.", "$1output.");
    }

    /** Rows of queries, of keys and of values, one third each. */
    private static void split(
            Matcher name, Safetensors.Array array, Map<String, Safetensors.Array> own, Path file) {
        int[] shape = array.shape().clone();
        if (shape.length == 0 || shape[0] % PARTS.length != 0) {
            throw new WeightsException(
                    "%s: '%s' is %s, whose first dimension has no three equal parts"
                            .formatted(file, name.group(), Arrays.toString(shape)));
        }
        shape[0] /= PARTS.length;
        int size = array.values().length / PARTS.length;
        String before = name.group(1) == null ? "" : name.group(1);
        for (int p = 0; p < PARTS.length; p++) {
            own.put(
                    before + PARTS[p] + "." + name.group(2),
                    new Safetensors.Array(
                            shape, Arrays.copyOfRange(array.values(), p * size, (p + 1) * size)));
        }
    }

    /** Zeros where a recurrent layer was made without biases. */
    private static void biases(
            String name,
            Map<String, Safetensors.Array> stored,
            Map<String, Safetensors.Array> own) {
        Matcher recurrent = RECURRENT.matcher(name);
        Safetensors.Array weight = stored.get(name);
        if (weight == null || !recurrent.matches() || weight.shape().length != 2) {
            return;
        }
        String layer = recurrent.group(2).isEmpty() ? "_l0" : recurrent.group(2);
        for (String bias : new String[] {"bias_ih", "bias_hh"}) {
            int gates = weight.shape()[0];
            own.putIfAbsent(
                    recurrent.group(1) + bias + layer,
                    new Safetensors.Array(new int[] {gates}, new float[gates]));
        }
    }
}
