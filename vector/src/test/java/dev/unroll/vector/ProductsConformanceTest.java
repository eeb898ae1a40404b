package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;

import dev.unroll.backend.Backend;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProductsConformanceTest {
    private static final int[] SIZES = {0, 1, 7, 8, 9, 15, 16, 17, 31, 33};

    static Stream<Named<Backend>> backends() {
        return Candidates.all();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void products_of_all_sizes_are_sums_of_products(Backend backend) {
        for (int m : SIZES) {
            for (int k : SIZES) {
                for (int n : SIZES) {
                    Operand a = Operand.random(backend, 1, Arrangement.OFFSET, m, k);
                    Operand b = Operand.random(backend, 2, Arrangement.PLAIN, k, n);
                    for (boolean accumulate : new boolean[] {false, true}) {
                        check(backend, a, b, Arrangement.OFFSET, accumulate);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void factors_may_be_arranged_in_any_way(Backend backend) {
        for (int[] size : new int[][] {{1, 33, 17}, {33, 17, 1}, {31, 9, 33}, {207, 33, 207}}) {
            for (Arrangement left : Arrangement.values()) {
                for (Arrangement right : Arrangement.values()) {
                    Operand a = Operand.random(backend, 3, left, size[0], size[1]);
                    Operand b = Operand.random(backend, 4, right, size[1], size[2]);
                    for (Arrangement to : Arrangement.ROWS) {
                        check(backend, a, b, to, true);
                        check(backend, a, b, to, false);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void a_batch_is_a_product_for_each(Backend backend) {
        for (int batch : new int[] {0, 1, 3}) {
            for (Arrangement left : Arrangement.values()) {
                for (Arrangement right : Arrangement.values()) {
                    Operand a = Operand.random(backend, 5, left, batch, 9, 17);
                    Operand b = Operand.random(backend, 6, right, batch, 17, 31);
                    check(backend, a, b, Arrangement.OFFSET, true);
                    check(backend, a, b, Arrangement.PADDED, false);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void large_products_are_right_in_every_transposition(Backend backend) {
        int[][] sizes = {{207, 600, 207}, {600, 33, 300}, {64, 256, 1024}, {5, 1024, 700}};
        for (int[] size : sizes) {
            for (Arrangement left : new Arrangement[] {Arrangement.PLAIN, Arrangement.TRANSPOSED}) {
                for (Arrangement right :
                        new Arrangement[] {Arrangement.PLAIN, Arrangement.TRANSPOSED}) {
                    Operand a = Operand.random(backend, 7, left, size[0], size[1]);
                    Operand b = Operand.random(backend, 8, right, size[1], size[2]);
                    check(backend, a, b, Arrangement.PLAIN, false);
                }
            }
        }
    }

    private static void check(
            Backend backend, Operand a, Operand b, Arrangement to, boolean accumulate) {
        int[] dims = a.view().dims().clone();
        dims[dims.length - 1] = b.view().dim(-1);
        // what c holds is read only if it is to be kept
        Operand c =
                accumulate
                        ? Operand.random(backend, 9, to, dims)
                        : Operand.result(backend, to, dims);
        backend.products().matmul(a.view(), b.view(), c.view(), accumulate);
        float[] x = a.before();
        float[] w = b.before();
        double[] wanted = accumulate ? Closeness.doubles(c.before()) : new double[c.view().size()];
        int m = a.view().dim(-2);
        int k = a.view().dim(-1);
        int n = b.view().dim(-1);
        int batch = dims.length == 3 ? dims[0] : 1;
        for (int row = 0; row < batch * m; row++) {
            int s = m == 0 ? 0 : row / m;
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < n; j++) {
                    wanted[row * n + j] += (double) x[row * k + p] * w[(s * k + p) * n + j];
                }
            }
        }
        String what = a.view() + " x " + b.view() + (accumulate ? ", added" : "");
        assertClose(what, c.after(), wanted, 2e-6, 3e-6 * (4 + Math.sqrt(k) * 4));
        a.assertUntouched();
        b.assertUntouched();
    }
}
