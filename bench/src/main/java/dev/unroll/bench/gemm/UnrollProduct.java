package dev.unroll.bench.gemm;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.View;
import dev.unroll.bench.Contestant;
import dev.unroll.vector.VectorBackend;
import java.util.HashMap;
import java.util.Map;

/** Our side: a product through the door every layer goes through. */
final class UnrollProduct implements Contestant {
    private static final Map<Integer, Backend> BACKENDS = new HashMap<>();

    /** Nanoseconds of products of all kinds before the first is timed: the compiler needs them. */
    private static final long WARM_UP = 3_000_000_000L;

    private final Size size;
    private final Backend backend;
    private final View a;
    private final View b;
    private final View c;
    private int runs;

    UnrollProduct(Size size, int threads) {
        this(size, BACKENDS.computeIfAbsent(threads, UnrollProduct::warm));
    }

    private UnrollProduct(Size size, Backend backend) {
        this.size = size;
        this.backend = backend;
        a = operand(size.left(), size.m(), size.k(), size.form().left());
        b = operand(size.right(), size.k(), size.n(), size.form().right());
        c = View.of(backend.allocate(size.m() * size.n()), size.m(), size.n());
    }

    private static Backend warm(int threads) {
        Backend backend = new VectorBackend(threads);
        long end = System.nanoTime() + WARM_UP;
        do {
            for (Form form : Form.values()) {
                new UnrollProduct(new Size(form, 64, 64, 64), backend).times(100);
                new UnrollProduct(new Size(form, 301, 200, 150), backend).times(10);
                new UnrollProduct(new Size(form, 256, 256, 256), backend).times(10);
                new UnrollProduct(new Size(form, 3, 250, 1000), backend).times(10);
                new UnrollProduct(new Size(form, 1000, 250, 7), backend).times(10);
            }
        } while (System.nanoTime() < end);
        return backend;
    }

    private void times(int count) {
        for (int i = 0; i < count; i++) {
            multiply();
        }
    }

    private View operand(float[] numbers, int rows, int columns, boolean transposed) {
        Buffer buffer = backend.allocate(numbers.length);
        backend.write(numbers, buffer);
        return transposed
                ? View.of(buffer, columns, rows).transposed()
                : View.of(buffer, rows, columns);
    }

    void multiply() {
        backend.products().matmul(a, b, c, false);
    }

    @Override
    public double run() {
        multiply();
        if (runs++ >= OpenBlasProduct.CHECKED) {
            return 0;
        }
        float[] result = new float[size.m() * size.n()];
        backend.read(c, result);
        return Size.sum(result);
    }
}
