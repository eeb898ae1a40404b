package dev.unroll.formats.safetensors;

import dev.unroll.nn.Parameters;
import dev.unroll.nn.image.Convolution;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.LowRankAdapter;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Parameter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model's weights under PyTorch's names and in its layouts: a linear layer's {@code weight} is
 * [out, in], a convolution's [out, in/groups, height, width]; a recurrent stack has {@code
 * weight_ih_l0}, {@code weight_hh_l0}, {@code bias_ih_l0}, {@code bias_hh_l0} and the same with
 * {@code _reverse}.
 *
 * <p>PyTorch has two biases where one does: ours is written as the first, and the second is 0
 * (where a GRU's candidate has a bias of its own, that is the second); on reading they are added.
 *
 * <p>A model is a record of parameters, layers and containers of layers; {@link Parameters} says
 * which, and refuses every other part by name.
 */
public final class Weights {
    private Weights() {}

    /**
     * Writes a model's weights, whole or not at all.
     *
     * @param model a record of layers
     * @param file a safetensors file
     * @param metadata kept in the file's header
     * @throws IOException if it cannot be written
     */
    public static void save(Object model, Path file, Map<String, String> metadata)
            throws IOException {
        List<SafetensorsWriter.Entry> entries = new ArrayList<>();
        for (Slot slot : slots(model)) {
            entries.add(new SafetensorsWriter.Entry(slot.name, slot.shape, slot.read));
        }
        SafetensorsWriter.write(file, entries, metadata);
    }

    /**
     * Reads a model's weights, array by array.
     *
     * @param model a record of layers, whose weights are changed
     * @param file a safetensors file
     * @return the file's metadata
     * @throws WeightsException if the file's names or shapes are not the model's; all differences
     *     are listed, and the model is as it was
     * @throws IOException if it cannot be read; the model may then have some of its weights
     */
    public static Map<String, String> load(Object model, Path file) throws IOException {
        try (FileChannel channel = SafetensorsFile.open(file)) {
            SafetensorsFile stored = SafetensorsFile.of(channel, file);
            set(model, stored);
            return stored.metadata();
        }
    }

    /**
     * Puts weights into a model, array by array: at no time is there a copy of more than one.
     *
     * @param model a record of layers, whose weights are changed
     * @param stored the weights by name
     * @throws WeightsException if their names or shapes are not the model's; all differences are
     *     listed, and the model is as it was
     * @throws IOException if they cannot be read; the model may then have some of them
     */
    public static void set(Object model, SafetensorsFile stored) throws IOException {
        set(model, stored.shapes(), stored::values, stored.name());
    }

    /**
     * Puts into a model the weights that a file has of it, among others.
     *
     * @param part a record of layers, whose weights are changed
     * @param stored the weights by name
     * @param named the name that the file has for an array of this name in the part
     * @return the names of the file's arrays that are not the part's
     * @throws WeightsException if an array is missing or has another shape; all differences are
     *     listed, and the part is as it was
     * @throws IOException if they cannot be read; the part may then have some of them
     */
    public static Set<String> setPart(
            Object part, SafetensorsFile stored, UnaryOperator<String> named) throws IOException {
        Set<String> others = new TreeSet<>(stored.shapes().keySet());
        Map<String, int[]> shapes = new LinkedHashMap<>();
        for (Slot slot : slots(part)) {
            String name = named.apply(slot.name);
            int[] shape = stored.shapes().get(name);
            if (shape != null) {
                shapes.put(slot.name, shape);
                others.remove(name);
            }
        }
        set(part, shapes, name -> stored.values(named.apply(name)), stored.name());
        return others;
    }

    /** Puts weights into a model that are in memory. */
    static void set(Object model, Safetensors stored, Path file) throws IOException {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        stored.arrays().forEach((name, array) -> shapes.put(name, array.shape()));
        Values values = name -> Objects.requireNonNull(stored.arrays().get(name)).values();
        set(model, shapes, values, file.toString());
    }

    /** The numbers of an array. */
    private interface Values {
        float[] of(String name) throws IOException;
    }

    private static void set(Object model, Map<String, int[]> shapes, Values values, String from)
            throws IOException {
        List<Slot> slots = slots(model);
        requireFits(slots, shapes, from);
        for (Slot slot : slots) {
            slot.write.accept(values.of(slot.name));
        }
    }

    private static void requireFits(List<Slot> slots, Map<String, int[]> shapes, String from) {
        List<String> wrong = new ArrayList<>();
        Set<String> extra = new HashSet<>(shapes.keySet());
        for (Slot slot : slots) {
            int[] shape = shapes.get(slot.name);
            extra.remove(slot.name);
            if (shape == null) {
                wrong.add("'" + slot.name + "' is missing");
            } else if (!Arrays.equals(shape, slot.shape)) {
                wrong.add(
                        "'%s' is %s, the model's is %s"
                                .formatted(
                                        slot.name,
                                        Arrays.toString(shape),
                                        Arrays.toString(slot.shape)));
            }
        }
        extra.stream().sorted().forEach(name -> wrong.add("'" + name + "' is not the model's"));
        if (!wrong.isEmpty()) {
            throw new WeightsException(
                    from + " does not fit the model: " + String.join("; ", wrong));
        }
    }

    /** An array of PyTorch's and how it is read from the model and written into it. */
    private record Slot(
            String name, int[] shape, Supplier<Stream<float[]>> read, Consumer<float[]> write) {

        static Slot plain(String name, Parameter p) {
            return new Slot(name, p.shape().dims().clone(), () -> p.value().pieces(), p::set);
        }

        static Slot transposed(String name, Parameter p) {
            int in = p.shape().dim(0);
            int out = p.shape().dim(1);
            return new Slot(
                    name,
                    new int[] {out, in},
                    () -> Stream.of(transpose(p.value().toArray(), in, out)),
                    values -> p.set(transpose(values, out, in)));
        }

        /** [height, width, in, out] here, [out, in, height, width] there. */
        static Slot kernel(String name, Parameter p) {
            int taps = p.shape().dim(0) * p.shape().dim(1);
            int in = p.shape().dim(2);
            int out = p.shape().dim(3);
            return new Slot(
                    name,
                    new int[] {out, in, p.shape().dim(0), p.shape().dim(1)},
                    () ->
                            Stream.of(
                                    transpose(
                                            turned(p.value().toArray(), taps, in, out),
                                            in * taps,
                                            out)),
                    values -> p.set(turned(transpose(values, out, in * taps), in, taps, out)));
        }

        /** [a, b, c] to [b, a, c]. */
        private static float[] turned(float[] from, int a, int b, int c) {
            float[] to = new float[from.length];
            for (int i = 0; i < a; i++) {
                for (int j = 0; j < b; j++) {
                    System.arraycopy(from, (i * b + j) * c, to, (j * a + i) * c, c);
                }
            }
            return to;
        }

        /** The second bias: what it adds to ours, and the candidate's own where there is one. */
        static Slot secondBias(String name, Parameter b, @Nullable Parameter own) {
            int all = b.size();
            int shared = own == null ? all : all - own.size();
            return new Slot(
                    name,
                    new int[] {all},
                    () -> {
                        float[] values = new float[all];
                        if (own != null) {
                            System.arraycopy(own.value().toArray(), 0, values, shared, own.size());
                        }
                        return Stream.of(values);
                    },
                    values -> {
                        float[] sum = b.value().toArray();
                        for (int i = 0; i < shared; i++) {
                            sum[i] += values[i];
                        }
                        b.set(sum);
                        if (own != null) {
                            own.set(Arrays.copyOfRange(values, shared, all));
                        }
                    });
        }

        /** [rows, columns] to [columns, rows]. */
        private static float[] transpose(float[] from, int rows, int columns) {
            float[] to = new float[from.length];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[j * rows + i] = from[i * columns + j];
                }
            }
            return to;
        }
    }

    private static List<Slot> slots(Object model) {
        Parameters.of(model); // refuses what cannot be walked, and names that stand twice
        Walk walk = new Walk(new ArrayList<>(), new HashSet<>());
        walk.part("", model);
        return walk.slots;
    }

    /** The arrays of the parts that were met so far; a parameter that is shared has one. */
    private record Walk(List<Slot> slots, Set<Parameter> met) {
        void part(String name, @Nullable Object part) {
            switch (part) {
                case Parameter parameter -> add(parameter, Slot.plain(name, parameter));
                case Linear(Parameter weight, Parameter bias, LowRankAdapter adapter) -> {
                    add(weight, Slot.transposed(join(name, "weight"), weight));
                    part(join(name, "bias"), bias);
                    part(join(name, "adapter"), adapter);
                }
                case Convolution(Parameter weight, Parameter bias, _, _) -> {
                    add(weight, Slot.kernel(join(name, "weight"), weight));
                    part(join(name, "bias"), bias);
                }
                case Recurrent stack -> {
                    for (int l = 0; l < stack.layers(); l++) {
                        cell(name, "forward." + l, stack.forward().get(l), "_l" + l);
                        if (stack.bidirectional()) {
                            Cell back = stack.backward().get(l);
                            cell(name, "backward." + l, back, "_l" + l + "_reverse");
                        }
                    }
                }
                case null, default -> Parameters.parts(name, part).forEach(this::part);
            }
        }

        private boolean add(Parameter parameter, Slot slot) {
            boolean first = met.add(parameter);
            if (first) {
                slots.add(slot);
            }
            return first;
        }

        /** A cell within a stack; one that PyTorch does not have keeps its components' names. */
        private void cell(String name, String place, Cell cell, String suffix) {
            switch (cell) {
                case Elman e -> cell(name, suffix, e.wx(), e.wh(), e.b(), null);
                case Lstm l -> cell(name, suffix, l.wx(), l.wh(), l.b(), null);
                case Gru g -> cell(name, suffix, g.wx(), g.wh(), g.b(), g.bhn());
                default -> part(join(name, place), cell);
            }
        }

        private void cell(
                String name,
                String suffix,
                Parameter wx,
                Parameter wh,
                Parameter b,
                @Nullable Parameter bhn) {
            if (add(wx, Slot.transposed(join(name, "weight_ih" + suffix), wx))) {
                slots.add(Slot.transposed(join(name, "weight_hh" + suffix), wh));
                slots.add(Slot.plain(join(name, "bias_ih" + suffix), b));
                slots.add(Slot.secondBias(join(name, "bias_hh" + suffix), b, bhn));
            }
        }
    }

    private static String join(String name, String child) {
        return name.isEmpty() ? child : name + "." + child;
    }
}
