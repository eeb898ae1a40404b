package dev.unroll.pretrained.weights;

import dev.unroll.formats.safetensors.WeightsException;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.LayerNorm;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes layers out of a model's arrays, and notes which parameter is which array. The shapes are
 * compared before anything is read, so a file with other shapes costs no memory.
 */
public final class NamedParameters {
    private static final int NAMES_SHOWN = 8;

    private final NamedWeights weights;
    private final Map<String, int[]> shapes;
    private final String prefix;
    private final String from;
    private final @Nullable Seed blank;
    private final UnaryOperator<Parameter> kept;
    private final Set<String> used = new HashSet<>();
    private final List<Slot> slots = new ArrayList<>();

    /** An array whose parameters have no names yet. */
    private record Slot(
            String name, int[] shape, StoredArray.Layout layout, List<Parameter> parameters) {}

    /**
     * Arrays that have not been used yet.
     *
     * @param weights the arrays
     * @param prefix before the names that are asked for, such as {@code bert.}; an array whose name
     *     comes without it is found, too
     * @param from where they come from, for messages
     */
    public NamedParameters(NamedWeights weights, String prefix, String from) {
        this(weights, prefix, from, UnaryOperator.identity());
    }

    /**
     * Arrays that have not been used yet.
     *
     * @param weights the arrays
     * @param prefix before the names that are asked for
     * @param from where they come from, for messages
     * @param kept in which form the matrices of linear layers are kept, such as packed
     */
    public NamedParameters(
            NamedWeights weights, String prefix, String from, UnaryOperator<Parameter> kept) {
        this(weights, prefix, from, kept, null);
    }

    private NamedParameters(
            NamedWeights weights,
            String prefix,
            String from,
            UnaryOperator<Parameter> kept,
            @Nullable Seed blank) {
        this.blank = blank;
        this.kept = kept;
        this.weights = weights;
        this.shapes = weights.shapes();
        this.prefix = prefix;
        this.from = from;
    }

    /**
     * {@return arrays of any name and shape whose numbers are all 0, for a network whose weights
     * are read next}
     *
     * @param seed counts them, and refuses more than it allows
     */
    public static NamedParameters blank(Seed seed) {
        return new NamedParameters(NamedWeights.NONE, "", "", UnaryOperator.identity(), seed);
    }

    /** {@return whether there is an array of this name} */
    public boolean has(String name) {
        return shapes.containsKey(full(name));
    }

    private String full(String name) {
        return shapes.containsKey(name) && !shapes.containsKey(prefix + name)
                ? name
                : prefix + name;
    }

    /** {@return an array as it is} */
    public Parameter plain(String name, int... dims) {
        Parameter parameter = Parameter.owning(read(name, dims), dims);
        note(name, dims, StoredArray.Layout.SAME, parameter);
        return parameter;
    }

    /** {@return an array [1, size] as [size]; zeroes where there is none} */
    public Parameter row(String name, int size) {
        if (!has(name)) {
            return Parameter.full(0, size);
        }
        Parameter parameter = Parameter.owning(read(name, 1, size), size);
        note(name, new int[] {1, size}, StoredArray.Layout.SAME, parameter);
        return parameter;
    }

    /** {@return a linear layer: weight [out, in], and bias [out]} */
    public Linear linear(String name, int in, int out) {
        float[] values = read(name + ".weight", out, in);
        Parameter weight = kept.apply(Parameter.owning(Transposed.of(values, out), in, out));
        note(name + ".weight", new int[] {out, in}, StoredArray.Layout.TRANSPOSED, weight);
        return new Linear(weight, plain(name + ".bias", out));
    }

    /**
     * Several linear layers stored as one, as GPT-2's are: weight [in, sum of out], bias [sum of
     * out].
     *
     * @param out the width of each layer's result
     * @return as many layers
     */
    public List<Linear> sideBySide(String name, int in, int... out) {
        int all = Arrays.stream(out).sum();
        float[] weight = read(name + ".weight", in, all);
        float[] bias = read(name + ".bias", all);
        List<Linear> layers = new ArrayList<>();
        int at = 0;
        for (int width : out) {
            layers.add(
                    new Linear(
                            kept.apply(
                                    Parameter.owning(
                                            SideBySide.columns(weight, all, at, width), in, width)),
                            Parameter.owning(Arrays.copyOfRange(bias, at, at + width), width)));
            at += width;
        }
        note(
                name + ".weight",
                new int[] {in, all},
                StoredArray.Layout.SIDE_BY_SIDE,
                layers.stream().map(Linear::weight).toArray(Parameter[]::new));
        note(
                name + ".bias",
                new int[] {all},
                StoredArray.Layout.SIDE_BY_SIDE,
                layers.stream().map(Linear::bias).toArray(Parameter[]::new));
        return layers;
    }

    /** {@return an embedding: weight [rows, width]} */
    public Embedding embedding(String name, int rows, int width) {
        return new Embedding(plain(name + ".weight", rows, width));
    }

    /** {@return a norm: weight and bias, which files made with TensorFlow call gamma and beta} */
    public LayerNorm norm(String name, int width, float epsilon) {
        boolean old = !has(name + ".weight") && has(name + ".gamma");
        return new LayerNorm(
                plain(name + (old ? ".gamma" : ".weight"), width),
                plain(name + (old ? ".beta" : ".bias"), width),
                epsilon);
    }

    /**
     * Says that an array is a copy of a parameter: of weights that are shared, some files have one
     * copy for each use.
     *
     * @throws WeightsException if it is there and has other numbers
     */
    public void requireCopy(String name, Parameter parameter) {
        String fullName = full(name);
        int[] shape = shapes.get(fullName);
        if (shape == null) {
            return;
        }
        used.add(fullName);
        try {
            if (!Arrays.equals(shape, parameter.shape().dims())
                    || !Arrays.equals(weights.values(fullName), parameter.value().toArray())) {
                throw new WeightsException(
                        ("%s: '%s' %s should be a copy of the embedding %s, with which it is tied,"
                                        + " and has other numbers; models whose weights are not tied"
                                        + " are not read")
                                .formatted(
                                        from, fullName, Arrays.toString(shape), parameter.shape()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Says that an array, if it is there, has numbers that are computed here.
     *
     * @param tolerance the most by which a number may differ
     * @throws WeightsException if it has others
     */
    public void requireClose(String name, float[] expected, float tolerance) {
        String fullName = full(name);
        int[] shape = shapes.get(fullName);
        if (shape == null) {
            return;
        }
        used.add(fullName);
        try {
            float[] values = weights.values(fullName);
            boolean close = values.length == expected.length;
            for (int i = 0; close && i < values.length; i++) {
                close = Math.abs(values[i] - expected[i]) <= tolerance;
            }
            if (!close) {
                throw new WeightsException(
                        ("%s: '%s' %s has other numbers than this architecture computes in their"
                                        + " place")
                                .formatted(from, fullName, Arrays.toString(shape)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Refuses arrays that were not used, apart from some.
     *
     * @param known names without the prefix that need not be read, such as those of heads
     * @return the names of the arrays that were left out
     * @throws WeightsException if there are others; the message has their names and shapes
     */
    public List<String> requireAllUsed(Pattern known) {
        List<String> left = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        shapes.forEach(
                (name, shape) -> {
                    if (used.contains(name)) {
                        return;
                    }
                    String own = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
                    if (known.matcher(own).matches() || known.matcher(name).matches()) {
                        left.add(name);
                    } else {
                        extra.add("'%s' %s".formatted(name, Arrays.toString(shape)));
                    }
                });
        if (!extra.isEmpty()) {
            throw new WeightsException(
                    "%s has arrays that this architecture does not: %s"
                            .formatted(from, some(extra)));
        }
        return left;
    }

    /**
     * {@return the arrays that were used, with the names of their parameters in a network}
     *
     * @param network made of these parameters
     */
    public List<StoredArray> stored(Object network) {
        IdentityHashMap<Parameter, String> names = new IdentityHashMap<>();
        Parameters.of(network).forEach((name, parameter) -> names.put(parameter, name));
        return slots.stream()
                .map(
                        slot ->
                                new StoredArray(
                                        full(slot.name),
                                        slot.shape,
                                        slot.layout,
                                        slot.parameters.stream()
                                                .map(p -> names.getOrDefault(p, ""))
                                                .toList()))
                .toList();
    }

    private void note(
            String name, int[] shape, StoredArray.Layout layout, Parameter... parameters) {
        slots.add(new Slot(name, shape, layout, List.of(parameters)));
    }

    private float[] read(String name, int... dims) {
        if (blank != null) {
            int size = Shape.of(dims).size();
            blank.claim(size);
            return new float[size];
        }
        String full = full(name);
        int[] shape = shapes.get(full);
        if (shape == null) {
            List<String> there =
                    shapes.entrySet().stream()
                            .map(e -> "'" + e.getKey() + "' " + Arrays.toString(e.getValue()))
                            .toList();
            throw new WeightsException(
                    "%s: '%s' %s is missing; there are %s"
                            .formatted(from, full, Arrays.toString(dims), some(there)));
        }
        if (!Arrays.equals(shape, dims)) {
            throw new WeightsException(
                    "%s: '%s' is %s, and config.json asks for %s"
                            .formatted(from, full, Arrays.toString(shape), Arrays.toString(dims)));
        }
        used.add(full);
        try {
            return weights.values(full);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String some(List<String> all) {
        String shown = String.join(", ", all.subList(0, Math.min(NAMES_SHOWN, all.size())));
        int more = all.size() - NAMES_SHOWN;
        return all.isEmpty() ? "none" : more > 0 ? shown + " and %,d more".formatted(more) : shown;
    }
}
