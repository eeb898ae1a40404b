package dev.unroll.vector.gemm;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

import dev.unroll.backend.Products;
import dev.unroll.backend.View;
import dev.unroll.vector.base.Workers;
import org.jspecify.annotations.Nullable;

/** Matrix products in packed blocks, spread over threads by rectangles of the result. */
public final class VectorProducts implements Products {
    /** Multiplications below which a second thread costs more than it brings: some 5 µs. */
    private static final long WORTH_THREADS = 1 << 18;

    /** Fewer columns than this, and the product is computed transposed. */
    private static final int NARROW = COLUMNS / 2;

    private final Workers workers;
    private final boolean plain;

    public VectorProducts(Workers workers) {
        this(workers, false);
    }

    /**
     * Makes the operations.
     *
     * @param workers the threads that share the work
     * @param plain without vectors, to the same bits
     */
    public VectorProducts(Workers workers, boolean plain) {
        this.workers = workers;
        this.plain = plain;
    }

    @Override
    public void matmul(View a, View b, View c, boolean accumulate) {
        if (c.size() == 0) {
            return;
        }
        int batch = c.rank() == 2 ? 1 : c.dim(0);
        if (plain) {
            for (int s = 0; s < batch; s++) {
                Matrix result = Matrix.of(c, s);
                Matrix start = accumulate ? result : null;
                plain(Matrix.of(a, s), Matrix.of(b, s), result, start);
            }
            return;
        }
        long one = (long) c.dim(-2) * c.dim(-1) * a.dim(-1);
        if (batch > 1 && one < 4 * WORTH_THREADS) {
            int least = (int) Math.max(1, WORTH_THREADS / 2 / Math.max(1, one));
            workers.ranges(
                    batch,
                    least,
                    (from, to) -> {
                        for (int s = from; s < to; s++) {
                            Gemm product = product(a, b, c, s, accumulate);
                            Matrix all = product.c();
                            product.rectangle(0, all.rows(), 0, all.columns());
                        }
                    });
            return;
        }
        for (int s = 0; s < batch; s++) {
            spread(product(a, b, c, s, accumulate));
        }
    }

    @Override
    public void linear(View a, View b, View bias, View c) {
        if (c.size() == 0) {
            return;
        }
        int step = bias.strides()[0];
        Matrix start =
                new Matrix(floats(bias.buffer()), bias.offset(), c.dim(0), c.dim(1), 0, step);
        if (plain) {
            plain(Matrix.of(a, 0), Matrix.of(b, 0), Matrix.of(c, 0), start);
            return;
        }
        spread(product(Matrix.of(a, 0), Matrix.of(b, 0), Matrix.of(c, 0), start));
    }

    private void plain(Matrix a, Matrix b, Matrix c, @Nullable Matrix start) {
        long row = Math.max(1, (long) a.columns() * c.columns());
        workers.ranges(
                c.rows(),
                (int) Math.max(1, WORTH_THREADS / row),
                (from, to) -> {
                    int rows = to - from;
                    Matrix first = start == null ? null : start.rows(from, rows);
                    PlainGemm.multiply(a.rows(from, rows), b, c.rows(from, rows), first);
                });
    }

    private static Gemm product(View a, View b, View c, int item, boolean accumulate) {
        Matrix result = Matrix.of(c, item);
        Matrix start = accumulate ? result : null;
        return product(Matrix.of(a, item), Matrix.of(b, item), result, start);
    }

    /** With few columns as cᵀ = bᵀ·aᵀ, so that vectors run along rows. */
    private static Gemm product(Matrix a, Matrix b, Matrix c, @Nullable Matrix start) {
        if (c.columns() <= NARROW && c.rows() > c.columns()) {
            return new Gemm(
                    b.transposed(),
                    a.transposed(),
                    null,
                    c.transposed(),
                    start == null ? null : start.transposed());
        }
        return new Gemm(a, b, null, c, start);
    }

    /** Computes a product on all threads. */
    public void spread(Gemm product) {
        int rows = product.c().rows();
        int columns = product.c().columns();
        long work = (long) rows * columns * product.a().columns();
        if (workers.threads() == 1 || work < WORTH_THREADS) {
            product.rectangle(0, rows, 0, columns);
            return;
        }
        WorkGrid grid = WorkGrid.of(product, workers.threads());
        workers.run(
                grid.down() * grid.across(),
                part -> {
                    int i = part / grid.across();
                    int j = part % grid.across();
                    product.rectangle(
                            grid.row(i), grid.row(i + 1), grid.column(j), grid.column(j + 1));
                });
    }
}
