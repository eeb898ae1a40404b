package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;
import static dev.unroll.vector.Closeness.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Resampling;
import dev.unroll.backend.Window;
import dev.unroll.backend.scalar.ScalarBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images on every backend are what they are on the reference. */
class ImagesConformanceTest {
    private static final Backend REFERENCE = new ScalarBackend();

    private static final List<Window> WINDOWS =
            List.of(
                    Window.square(1),
                    Window.square(1).stride(2),
                    Window.square(3).same(),
                    Window.of(2, 3).stride(2, 3).padding(1, 0, 2, 1),
                    Window.square(3).stride(2).padding(1),
                    Window.of(3, 1).dilation(2, 1).same(),
                    Window.of(1, 3).stride(1, 2).dilation(1, 2).padding(0, 0, 2, 2),
                    Window.square(2).stride(3));

    /** Batch, height, width, channels in, channels out, groups. */
    private static final int[][] SIZES = {
        {0, 7, 7, 3, 4, 1},
        {1, 7, 7, 1, 1, 1},
        {2, 8, 9, 3, 16, 1},
        {1, 9, 31, 7, 33, 1},
        {3, 15, 8, 16, 17, 1},
        {1, 33, 9, 31, 48, 1},
        {2, 17, 7, 207, 8, 1},
        {1, 16, 17, 6, 10, 2},
        {2, 9, 9, 33, 33, 33},
        {1, 8, 31, 7, 7, 7},
        {1, 8, 9, 5, 10, 5}
    };

    static Stream<Named<Backend>> backends() {
        return Candidates.offered();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void convolutions_and_their_derivatives(Backend backend) {
        for (Window window : WINDOWS) {
            for (int[] size : SIZES) {
                int terms = window.size() * size[3] / size[5];
                same(backend, 1e-6 * terms, (on, out) -> convolve(on, out, window, size));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void large_convolutions_and_their_derivatives(Backend backend) {
        Window window = Window.square(3).same();
        int[] size = {2, 40, 41, 50, 70, 1};
        same(backend, 2e-3, (on, out) -> convolve(on, out, window, size));
        int[] wide = {1, 12, 13, 130, 260, 1};
        same(backend, 2e-3, (on, out) -> convolve(on, out, window.stride(2), wide));
        int[] deep = {2, 60, 61, 40, 40, 40};
        same(backend, 2e-3, (on, out) -> convolve(on, out, window, deep));
        // a block of the weights' rows begins inside a run of the patches
        Window nine = Window.square(9).same();
        int[] colours = {1, 40, 42, 3, 4, 1};
        same(backend, 2e-3, (on, out) -> convolve(on, out, nine, colours));
        Window five = Window.square(5).same();
        int[] halves = {1, 40, 42, 40, 8, 2};
        same(backend, 2e-3, (on, out) -> convolve(on, out, five, halves));
    }

    private static void convolve(Backend on, List<Operand> out, Window window, int[] s) {
        int[] shape = {s[0], s[1], s[2], s[3]};
        int[] weights = {window.height(), window.width(), s[3] / s[5], s[4]};
        int[] result = {s[0], window.rows(s[1]), window.columns(s[2]), s[4]};
        Operand x = Operand.random(on, 1, Arrangement.OFFSET, shape);
        Operand w = Operand.random(on, 2, Arrangement.OFFSET, weights);
        Operand bias = Operand.random(on, 3, Arrangement.OFFSET, s[4]);
        Operand dy = Operand.random(on, 4, Arrangement.OFFSET, result);
        Operand y = result(on, out, result);
        Operand plain = result(on, out, result);
        Operand dx = result(on, out, shape);
        Operand dw = result(on, out, weights);
        on.images().convolve(window, x.view(), w.view(), bias.view(), y.view());
        on.images().convolve(window, x.view(), w.view(), null, plain.view());
        on.images().convolveInput(window, dy.view(), w.view(), dx.view());
        on.images().convolveWeight(window, x.view(), dy.view(), dw.view());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void pooling_and_its_derivatives(Backend backend) {
        for (Window window : WINDOWS) {
            if (window.left() >= window.width() && window.columnDilation() == 1) {
                continue;
            }
            for (int[] size : SIZES) {
                same(backend, 1e-5, (on, out) -> pool(on, out, window, size));
            }
        }
    }

    private static void pool(Backend on, List<Operand> out, Window window, int[] s) {
        int[] shape = {s[0], s[1], s[2], s[3]};
        int[] result = {s[0], window.rows(s[1]), window.columns(s[2]), s[3]};
        float[] numbers = Operand.normal(1, s[0] * s[1] * s[2] * s[3]);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % 97 == 5 ? Float.NaN : Math.round(2 * numbers[i]); // many equals
        }
        Operand x = Operand.of(on, numbers, shape);
        Operand dy = Operand.random(on, 4, Arrangement.OFFSET, result);
        Operand y = result(on, out, result);
        Operand dx = result(on, out, shape);
        Operand mean = result(on, out, result);
        Operand dmean = result(on, out, shape);
        on.images().maxPool(window, x.view(), y.view());
        on.images().maxPoolBackward(window, x.view(), y.view(), dy.view(), dx.view());
        on.images().averagePool(window, x.view(), mean.view());
        on.images().averagePoolBackward(window, dy.view(), dmean.view());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void other_sizes_and_their_derivatives(Backend backend) {
        for (Resampling how : Resampling.values()) {
            for (int[] size : SIZES) {
                for (int[] to : new int[][] {{14, 18}, {7, 7}, {1, 33}, {16, 5}}) {
                    same(backend, 1e-5, (on, out) -> resize(on, out, how, size, to));
                }
            }
        }
    }

    private static void resize(Backend on, List<Operand> out, Resampling how, int[] s, int[] to) {
        int[] shape = {s[0], s[1], s[2], s[3]};
        int[] result = {s[0], to[0], to[1], s[3]};
        Operand x = Operand.random(on, 1, Arrangement.OFFSET, shape);
        Operand dy = Operand.random(on, 4, Arrangement.OFFSET, result);
        on.images().resize(how, x.view(), result(on, out, result).view());
        on.images().resizeBackward(how, dy.view(), result(on, out, shape).view());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void group_norm_and_its_derivative(Backend backend) {
        for (int[] s :
                new int[][] {
                    {0, 5, 4, 2},
                    {1, 1, 7, 1},
                    {2, 9, 8, 4},
                    {3, 31, 33, 3},
                    {1, 207, 16, 16},
                    {2, 300, 207, 9},
                    {1, 2000, 31, 31}
                }) {
            same(backend, 1e-4, (on, out) -> groupNorm(on, out, s));
        }
    }

    private static void groupNorm(Backend on, List<Operand> out, int[] s) {
        int[] shape = {s[0], s[1], s[2]};
        Operand x = Operand.random(on, 1, Arrangement.OFFSET, shape);
        Operand gain = Operand.random(on, 2, Arrangement.OFFSET, s[2]);
        Operand bias = Operand.random(on, 3, Arrangement.OFFSET, s[2]);
        Operand dy = Operand.random(on, 4, Arrangement.OFFSET, shape);
        Operand mean = result(on, out, s[0], s[3]);
        Operand inverse = result(on, out, s[0], s[3]);
        on.normalisation()
                .groupNorm(
                        x.view(),
                        gain.view(),
                        bias.view(),
                        1e-2f,
                        result(on, out, shape).view(),
                        mean.view(),
                        inverse.view());
        on.normalisation()
                .groupNormBackward(
                        x.view(),
                        gain.view(),
                        mean.view(),
                        inverse.view(),
                        dy.view(),
                        result(on, out, shape).view(),
                        result(on, out, s[2]).view(),
                        result(on, out, s[2]).view());
    }

    private static Operand result(Backend on, List<Operand> out, int... dims) {
        Operand result = Operand.result(on, dims);
        out.add(result);
        return result;
    }

    private static void same(
            Backend backend, double tolerance, BiConsumer<Backend, List<Operand>> operation) {
        List<Operand> actual = new ArrayList<>();
        List<Operand> expected = new ArrayList<>();
        operation.accept(backend, actual);
        operation.accept(REFERENCE, expected);
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertClose(
                    "result " + i,
                    actual.get(i).after(),
                    doubles(expected.get(i).after()),
                    1e-5,
                    tolerance);
        }
    }
}
