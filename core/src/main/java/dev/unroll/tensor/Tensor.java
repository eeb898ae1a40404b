package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Binary;
import dev.unroll.backend.Unary;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.backend.View;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An array of 32-bit floats of any number of dimensions: an immutable value. Operations give new
 * tensors; transposes, slices and reshapes share the numbers of the tensor they are taken from.
 *
 * <p>Every operation stands beside its derivative in a class of this package; the methods here only
 * name them. Two tensors of different shapes are combined by broadcasting: sizes are compared from
 * the last dimension on, and a missing one or a 1 repeats.
 *
 * <p>A wrong shape throws an {@link IllegalArgumentException} that names the operation and both
 * shapes.
 */
public final class Tensor {
    /** Numbers that are copied at a time where all are looked at once. */
    private static final int PIECE = 1 << 14;

    private final View view;
    private final Shape shape;

    /** The tape this was computed on, where its derivative is known. */
    final @Nullable Tape tape;

    /** True for the value of a {@link Parameter}, which is always differentiated. */
    final boolean parameter;

    /** Where this was computed from tracked tensors without a tape, while some tape was open. */
    final @Nullable Unrecorded unrecorded;

    Tensor(View view, @Nullable Tape tape, boolean parameter) {
        this(view, tape, parameter, null);
    }

    Tensor(View view, @Nullable Tape tape, boolean parameter, @Nullable Unrecorded unrecorded) {
        this.view = view;
        this.shape = new Shape(view.dims());
        this.tape = tape;
        this.parameter = parameter;
        this.unrecorded = unrecorded;
    }

    /** A new contiguous tensor with undefined contents, to be written by an operation. */
    static Tensor allocate(Shape shape) {
        return new Tensor(
                View.of(Backends.current().allocate(shape.size()), shape.dims()), null, false);
    }

    /** A tensor of these numbers, the last dimension running fastest. */
    public static Tensor of(float[] values, int... dims) {
        Shape shape = Shape.of(dims);
        if (shape.size() != values.length) {
            throw new IllegalArgumentException(
                    "%d numbers do not fill %s, which has %d"
                            .formatted(values.length, shape, shape.size()));
        }
        Tensor y = allocate(shape);
        Backends.current().write(values, y.view.buffer());
        return y;
    }

    /**
     * A matrix from its rows.
     *
     * @param rows of one length
     * @return [rows, length of a row]; [0, 0] of no rows
     * @throws IllegalArgumentException if the rows differ in length
     */
    public static Tensor of(float[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        float[] values = new float[Math.multiplyExact(rows.length, width)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                throw new IllegalArgumentException(
                        ("row %d has %d numbers and row 0 has %d: the rows of a matrix have one"
                                        + " length; Sequences.of takes series of different lengths")
                                .formatted(i, rows[i].length, width));
            }
            System.arraycopy(rows[i], 0, values, i * width, width);
        }
        return of(values, rows.length, width);
    }

    /** One number. */
    public static Tensor scalar(float value) {
        return of(new float[] {value});
    }

    /** A tensor with one number everywhere. */
    public static Tensor full(float value, int... dims) {
        Tensor y = allocate(Shape.of(dims));
        Backends.current().elementwise().fill(y.view, value);
        return y;
    }

    /** 0 everywhere. */
    public static Tensor zeros(int... dims) {
        return full(0, dims);
    }

    /** Where the numbers are; for operations. */
    public View view() {
        return view;
    }

    /** The sizes of the dimensions. */
    public Shape shape() {
        return shape;
    }

    /** Number of dimensions. */
    public int rank() {
        return shape.rank();
    }

    /** Size of a dimension; a negative one counts from the last. */
    public int dim(int i) {
        return shape.dim(i);
    }

    /** Number of elements. */
    public int size() {
        return shape.size();
    }

    /** The numbers, the last dimension running fastest. */
    public float[] toArray() {
        float[] values = new float[size()];
        Backends.current().read(view, values);
        return values;
    }

    /**
     * The numbers in pieces, in the order of {@link #toArray()}, for those who look at all of them
     * once: no more than a piece is copied at a time.
     */
    public Stream<float[]> pieces() {
        if (!view.contiguous()) {
            return Stream.of(toArray());
        }
        return IntStream.range(0, Math.ceilDiv(size(), PIECE))
                .mapToObj(i -> piece(i * PIECE, Math.min(PIECE, size() - i * PIECE)));
    }

    private float[] piece(int from, int count) {
        int[] dims = {count};
        View some = new View(view.buffer(), view.offset() + from, dims, new int[] {1});
        float[] values = new float[count];
        Backends.current().read(some, values);
        return values;
    }

    /** The one number of a tensor of one. */
    public float item() {
        if (size() != 1) {
            throw new IllegalArgumentException("item: " + shape + " has " + size() + " numbers");
        }
        return toArray()[0];
    }

    /** a + b. */
    public Tensor plus(Tensor b) {
        return Arithmetic.plus(this, b);
    }

    /** a + b. */
    public Tensor plus(Parameter b) {
        return plus(b.value());
    }

    /** a + b. */
    public Tensor plus(float b) {
        return Arithmetic.affine(this, 1, b);
    }

    /** a − b. */
    public Tensor minus(Tensor b) {
        return Arithmetic.minus(this, b);
    }

    /** a·b, element by element. */
    public Tensor times(Tensor b) {
        return Arithmetic.times(this, b);
    }

    /** a·b, element by element. */
    public Tensor times(Parameter b) {
        return times(b.value());
    }

    /** a·b. */
    public Tensor times(float b) {
        return Arithmetic.affine(this, b, 0);
    }

    /** a / b, element by element. */
    public Tensor dividedBy(Tensor b) {
        return Arithmetic.dividedBy(this, b);
    }

    /** The larger of each pair; where they are equal the derivative goes to a. */
    public Tensor maximum(Tensor b) {
        return Arithmetic.extremum(Binary.MAXIMUM, this, b);
    }

    /** The smaller of each pair; where they are equal the derivative goes to a. */
    public Tensor minimum(Tensor b) {
        return Arithmetic.extremum(Binary.MINIMUM, this, b);
    }

    /** 1 where a > b, else 0, element by element; there is no derivative. */
    public Tensor greaterThan(Tensor b) {
        return Arithmetic.apply("greaterThan", Binary.GREATER, this, b);
    }

    /** 1 where a = b, else 0, element by element; there is no derivative. */
    public Tensor equalTo(Tensor b) {
        return Arithmetic.apply("equalTo", Binary.EQUAL, this, b);
    }

    /**
     * a where the condition is not 0, else b, element by element; the three are broadcast to one
     * shape. What is not chosen counts for nothing, be it NaN or infinite, and has a derivative of
     * 0. The condition has no derivative.
     *
     * @param condition 0 for b, any other number (a NaN, too) for a; such as from {@link
     *     #greaterThan}
     * @return of the shape that all three spread to
     */
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        return Arithmetic.where(condition, a, b);
    }

    /** 1 − a. */
    public Tensor complement() {
        return Arithmetic.affine(this, -1, 1);
    }

    /** −a. */
    public Tensor negate() {
        return times(-1);
    }

    /** |a|. */
    public Tensor abs() {
        return Functions.apply(Unary.ABS, this);
    }

    /** a². */
    public Tensor square() {
        return Functions.apply(Unary.SQUARE, this);
    }

    /** √a. */
    public Tensor sqrt() {
        return Functions.apply(Unary.SQRT, this);
    }

    /** 1/a. */
    public Tensor reciprocal() {
        return Functions.apply(Unary.RECIPROCAL, this);
    }

    /** eᵃ. */
    public Tensor exp() {
        return Functions.apply(Unary.EXP, this);
    }

    /** ln a. */
    public Tensor log() {
        return Functions.apply(Unary.LOG, this);
    }

    /** sin a. */
    public Tensor sin() {
        return Functions.apply(Unary.SIN, this);
    }

    /** cos a. */
    public Tensor cos() {
        return Functions.apply(Unary.COS, this);
    }

    /** tanh a. */
    public Tensor tanh() {
        return Functions.apply(Unary.TANH, this);
    }

    /** σ(a) = 1/(1 + e⁻ᵃ). */
    public Tensor sigmoid() {
        return Functions.apply(Unary.SIGMOID, this);
    }

    /** max(a, 0). */
    public Tensor relu() {
        return Functions.apply(Unary.RELU, this);
    }

    /** a·Φ(a) (Hendrycks and Gimpel 2016). */
    public Tensor gelu() {
        return Functions.apply(Unary.GELU, this);
    }

    /** {@link #gelu} in the approximation with tanh. */
    public Tensor geluTanh() {
        return Functions.apply(Unary.GELU_TANH, this);
    }

    /** a·σ(a) (Ramachandran et al. 2017). */
    public Tensor silu() {
        return Functions.apply(Unary.SILU, this);
    }

    /** ln(1 + eᵃ), a smooth {@link #relu}. */
    public Tensor softplus() {
        return Functions.apply(Unary.SOFTPLUS, this);
    }

    /**
     * elu(a) + 1: a + 1 where a is positive, else eᵃ. The result is positive everywhere
     * (Katharopoulos et al. 2020, eq. 7).
     */
    public Tensor eluPlusOne() {
        return Functions.apply(Unary.ELU_PLUS_ONE, this);
    }

    /** a where a ≥ 0, else factor·a (Maas et al. 2013); a usual factor is 0.01. */
    public Tensor leakyRelu(float factor) {
        return map(new Functions.LeakyRelu(factor));
    }

    /** a, but no less than low and no more than high; the derivative is 0 outside. */
    public Tensor clamp(float low, float high) {
        return map(new Functions.Clamp(low, high));
    }

    /** a to the power of an exponent; a negative a has real powers for whole exponents only. */
    public Tensor pow(float exponent) {
        return map(new Functions.Power(exponent));
    }

    /** f(a), element by element, for a function of your own. */
    public Tensor map(UnaryFunction f) {
        return Functions.apply(f, this);
    }

    /** Matrix product: [.., m, k] x [k, n] or [.., m, k] x [.., k, n] gives [.., m, n]. */
    public Tensor matmul(Tensor b) {
        return MatMul.matmul(this, b);
    }

    /** Matrix product with a parameter. */
    public Tensor matmul(Parameter b) {
        return MatMul.matmul(this, b);
    }

    /** a·w + b in one pass: equal to {@code matmul(w).plus(b)}. */
    public Tensor linear(Parameter w, Parameter b) {
        return MatMul.linear(this, w, b);
    }

    /** a·wᵀ + b in one pass: equal to {@code matmul(w.value().transpose()).plus(b)}. */
    public Tensor linearTransposed(Parameter w, Parameter b) {
        return MatMul.linearTransposed(this, w, b);
    }

    /** Σ of all elements: a single number. */
    public Tensor sum() {
        return Reductions.sum(this.reshape(size()), 0, false);
    }

    /** Σ along a dimension, which goes. */
    public Tensor sum(int dim) {
        return Reductions.sum(this, dim, false);
    }

    /** Mean of all elements: a single number. */
    public Tensor mean() {
        return sum().times(1f / size());
    }

    /** Mean along a dimension, which goes. */
    public Tensor mean(int dim) {
        return sum(dim).times(1f / dim(dim));
    }

    /** The largest along a dimension, which goes; equals share the derivative. */
    public Tensor max(int dim) {
        return Reductions.max(this, dim);
    }

    /**
     * Where the largest element of each row stands, of equals the first: [rows, n] gives [rows]
     * numbers in [0, n). There is no derivative.
     */
    public int[] argMax() {
        int[] places = new int[rank() == 2 ? dim(0) : 0];
        Softmax.largest(this, 1, new float[places.length], places);
        return places;
    }

    /** The last two dimensions exchanged. */
    public Tensor transpose() {
        return transpose(-2, -1);
    }

    /** Two dimensions exchanged. */
    public Tensor transpose(int i, int j) {
        return Views.transpose(this, i, j);
    }

    /** These numbers in another shape of equal size; one dimension may be −1, which is the rest. */
    public Tensor reshape(int... dims) {
        return Views.reshape(this, dims);
    }

    /** Elements [from, to) along a dimension. */
    public Tensor slice(int dim, int from, int to) {
        return Views.slice(this, dim, from, to);
    }

    /** The last dimension cut into n equal parts. */
    public Tensor[] split(int n) {
        if (n < 1 || dim(-1) % n != 0) {
            throw new IllegalArgumentException(
                    "split: " + shape + " cannot be cut into " + n + " equal parts");
        }
        return Views.split(this, n);
    }

    /** Tensors laid one after another along a dimension; the other sizes are equal. */
    public static Tensor concat(int dim, Tensor... parts) {
        return Views.concat(dim, parts);
    }

    /** A tensor whose numbers lie one after another; this tensor if they already do. */
    public Tensor contiguous() {
        return Views.contiguous(this);
    }

    /** Rows picked by number: [rows, width] gives [index.length, width]. */
    public Tensor gather(int... index) {
        return Gather.gather(this, index);
    }

    /** Softmax along the last dimension. */
    public Tensor softmax() {
        return Softmax.softmax(this);
    }

    /** Logarithm of the softmax along the last dimension. */
    public Tensor logSoftmax() {
        return Softmax.logSoftmax(this);
    }

    @Override
    public String toString() {
        return size() > 16 ? "Tensor" + shape : "Tensor" + shape + Arrays.toString(toArray());
    }
}
