package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.View;
import dev.unroll.backend.WeightStorage;
import dev.unroll.memory.ArrayBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that are learnt. A layer's formula uses the {@link #value}; an optimiser changes the
 * numbers in place, so a parameter is the one thing in Unroll that is not a value. Reading it from
 * many threads is safe as long as nobody trains it.
 */
public final class Parameter {
    private final Tensor value; // where the numbers are packed alone, one for all of its shape
    private final @Nullable PackedWeights packed;
    private final boolean alone;
    private final boolean frozen;

    private Parameter(Tensor value, @Nullable PackedWeights packed, boolean alone, boolean frozen) {
        this.value = value;
        this.packed = packed;
        this.alone = alone;
        this.frozen = frozen;
    }

    /** A parameter with these numbers to begin with. */
    public static Parameter of(float[] values, int... dims) {
        Tensor value = new Tensor(Tensor.of(values, dims).view(), null, true);
        return new Parameter(value, null, false, false);
    }

    /**
     * A parameter in this very array, which whoever made it gives up: for weights that are too
     * large to be there twice.
     *
     * @throws IllegalArgumentException if the numbers do not fill the shape
     */
    public static Parameter owning(float[] values, int... dims) {
        Shape shape = Shape.of(dims);
        if (shape.size() != values.length) {
            throw new IllegalArgumentException(
                    "%d numbers do not fill a parameter of %s".formatted(values.length, shape));
        }
        View view = View.of(ArrayBuffer.owning(values), shape.dims());
        return new Parameter(new Tensor(view, null, true), null, false, false);
    }

    /** A parameter that begins with the same number everywhere. */
    public static Parameter full(float value, int... dims) {
        float[] values = new float[Shape.of(dims).size()];
        Arrays.fill(values, value);
        return owning(values, dims);
    }

    /**
     * This parameter with its matrix also packed for products with few rows, as decoding asks for
     * them: {@link Tensor#matmul(Parameter)}, {@link Tensor#linear} and {@link
     * Tensor#linearTransposed} use the packed copy wherever no gradient is being computed. A whole
     * model is packed by {@code Parameters.map(model, Parameter::packed)}.
     *
     * <p>The numbers are shared with this parameter, the packed copy is not: it is good until the
     * weights change. After a training step, or when other weights have been loaded, pack the
     * unpacked parameter again. A parameter that is no matrix, or is packed already, is returned as
     * it is.
     */
    public Parameter packed() {
        return packed(WeightStorage.F32);
    }

    /**
     * This parameter {@linkplain #packed() packed} into a form that may take half or a quarter of
     * the memory, which products with few rows wait for: {@code Parameters.map(model, p ->
     * p.packed(WeightStorage.BF16))}. The numbers themselves stay as they are.
     */
    public Parameter packed(WeightStorage storage) {
        boolean matrix = value.rank() == 2;
        return matrix && packed == null
                ? new Parameter(value, PackedWeights.beside(value, storage), false, frozen)
                : this;
    }

    /**
     * This parameter as nothing but a packed copy of its matrix, for networks that only predict:
     * half the memory of {@link #packed(WeightStorage)}. The copy is made at once; it is what
     * products use, and {@link #value} computes the numbers out of it each time. It cannot be
     * trained, and its numbers cannot be replaced. A parameter that is no matrix, or is packed
     * already, is returned as it is.
     */
    public Parameter packedAlone(WeightStorage storage) {
        if (value.rank() != 2 || packed != null) {
            return this;
        }
        View one = Tensor.scalar(Float.NaN).view();
        return new Parameter(
                new Tensor(new View(one.buffer(), 0, shape().dims(), new int[2]), null, !frozen),
                PackedWeights.alone(value, storage),
                true,
                frozen);
    }

    /**
     * This parameter as a constant of trainings: no gradient is computed with respect to it, so
     * that what lies behind it costs nothing in the backward pass, and no optimiser keeps a state
     * for it or changes it. It shares its numbers with this parameter and is saved as any other.
     */
    public Parameter frozen() {
        return frozen
                ? this
                : new Parameter(new Tensor(value.view(), null, false), packed, alone, true);
    }

    /** The parameter that is {@link #frozen}, to be trained again; it shares its numbers. */
    public Parameter unfrozen() {
        return frozen
                ? new Parameter(new Tensor(value.view(), null, true), packed, alone, false)
                : this;
    }

    /** {@return whether trainings leave it as it is} */
    public boolean isFrozen() {
        return frozen;
    }

    /** {@return whether products use a packed copy} See {@link #packed}. */
    public boolean isPacked() {
        return packed != null;
    }

    /** The packed copy where a product may use it: there is one, and no tape runs. */
    @Nullable PackedWeights packedWeights() {
        return Tape.runs() ? null : packed;
    }

    /**
     * The numbers as they are now.
     *
     * @throws IllegalStateException if they are {@linkplain #packedAlone packed alone} while a
     *     gradient is being computed
     */
    public Tensor value() {
        PackedWeights copy = packed;
        if (!alone || copy == null) {
            return value;
        }
        if (Tape.runs()) {
            throw new IllegalStateException(
                    "a parameter %s that is packed alone cannot be trained".formatted(shape()));
        }
        return copy.numbers();
    }

    /** A tensor of this shape that stands for the numbers where only their shape is asked for. */
    Tensor shaped() {
        return value;
    }

    /** The sizes of the dimensions. */
    public Shape shape() {
        return value.shape();
    }

    /** Number of numbers. */
    public int size() {
        return value.size();
    }

    /**
     * Replaces all numbers.
     *
     * @throws IllegalStateException if they are {@linkplain #packedAlone packed alone}
     */
    public void set(float[] values) {
        if (alone) {
            throw new IllegalStateException(
                    "a parameter %s that is packed alone keeps its numbers".formatted(shape()));
        }
        if (values.length != size()) {
            throw new IllegalArgumentException(
                    "%d numbers do not fill a parameter of %s".formatted(values.length, shape()));
        }
        Backends.current().write(values, value.view().buffer());
    }

    @Override
    public String toString() {
        return "Parameter" + shape();
    }
}
