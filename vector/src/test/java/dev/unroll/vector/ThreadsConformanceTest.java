package dev.unroll.vector;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionOperations;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.Recurrence;
import dev.unroll.backend.Resampling;
import dev.unroll.backend.Rows;
import dev.unroll.backend.TimeMajorSteps;
import dev.unroll.backend.Unary;
import dev.unroll.backend.Updates;
import dev.unroll.backend.Window;
import dev.unroll.mask.HeadMasks;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On one, two and five threads every layer gives the same bits. */
class ThreadsConformanceTest {
    private static final int ROWS = 1001;
    private static final int WIDTH = 207;

    static Stream<Named<Consumer<On>>> operations() {
        return Stream.of(
                Named.of("products", ThreadsConformanceTest::products),
                Named.of("rows", ThreadsConformanceTest::rows),
                Named.of("normalisation", ThreadsConformanceTest::normalisation),
                Named.of("images", ThreadsConformanceTest::images),
                Named.of("losses", ThreadsConformanceTest::losses),
                Named.of("attention", ThreadsConformanceTest::attention),
                Named.of("linear attention", ThreadsConformanceTest::linearAttention),
                Named.of("recurrence", ThreadsConformanceTest::recurrence),
                Named.of("updates", ThreadsConformanceTest::updates));
    }

    private static void products(On on) {
        on.backend()
                .products()
                .matmul(
                        on.in(1, ROWS, WIDTH).view(),
                        on.in(2, WIDTH, 300).view(),
                        on.out(ROWS, 300).view(),
                        false);
    }

    private static void rows(On on) {
        int[] index = new SplittableRandom(1).ints(5000, 0, ROWS).toArray();
        Operand x = on.in(1, 5000, WIDTH);
        on.backend().rows().gather(on.in(2, ROWS, WIDTH).view(), index, on.out(5000, WIDTH).view());
        on.backend().rows().scatterAdd(x.view(), index, on.inOut(3, ROWS, WIDTH).view());
        int[] groups = new int[51];
        for (int g = 0; g <= 50; g++) {
            groups[g] = g * 100;
        }
        Operand y = on.out(5000, WIDTH);
        on.backend().rows().groupSoftmax(groups, x.view(), y.view());
        on.backend()
                .rows()
                .groupSoftmaxBackward(
                        groups, y.view(), on.in(4, 5000, WIDTH).view(), on.out(5000, WIDTH).view());
        Operand turned = on.in(5, 5000, 128);
        on.backend()
                .rows()
                .rotate(
                        new Rows.Rotation(4, 32, 1e4f, false),
                        turned.view(),
                        index,
                        false,
                        on.out(5000, 128).view());
    }

    private static void normalisation(On on) {
        Operand x = on.in(1, ROWS, WIDTH);
        Operand gain = on.in(2, WIDTH);
        Operand y = on.out(ROWS, WIDTH);
        Operand log = on.out(ROWS, WIDTH);
        Operand dy = on.in(3, ROWS, WIDTH);
        on.backend().normalisation().softmax(x.view(), y.view());
        on.backend()
                .normalisation()
                .softmaxBackward(y.view(), dy.view(), on.out(ROWS, WIDTH).view());
        on.backend().normalisation().logSoftmax(x.view(), log.view());
        on.backend()
                .normalisation()
                .logSoftmaxBackward(log.view(), dy.view(), on.out(ROWS, WIDTH).view());
        Operand mean = on.out(ROWS);
        Operand inverse = on.out(ROWS);
        on.backend()
                .normalisation()
                .layerNorm(
                        x.view(),
                        gain.view(),
                        on.in(4, WIDTH).view(),
                        1e-5f,
                        on.out(ROWS, WIDTH).view(),
                        mean.view(),
                        inverse.view());
        on.backend()
                .normalisation()
                .layerNormBackward(
                        x.view(),
                        gain.view(),
                        mean.view(),
                        inverse.view(),
                        dy.view(),
                        on.out(ROWS, WIDTH).view(),
                        on.out(WIDTH).view(),
                        on.out(WIDTH).view());
        on.backend()
                .normalisation()
                .rmsNorm(x.view(), gain.view(), 1e-5f, on.out(ROWS, WIDTH).view(), inverse.view());
        on.backend()
                .normalisation()
                .rmsNormBackward(
                        x.view(),
                        gain.view(),
                        inverse.view(),
                        dy.view(),
                        on.out(ROWS, WIDTH).view(),
                        on.out(WIDTH).view());
    }

    private static void images(On on) {
        for (int groups : new int[] {1, 2, 48}) {
            convolution(on, groups);
        }
        Window window = Window.square(3).stride(2).same();
        int[] images = {3, 30, 41, 48};
        int[] halves = {3, 15, 21, 48};
        Operand x = on.in(1, images);
        Operand dy = on.in(2, halves);
        Operand y = on.out(halves);
        on.backend().images().maxPool(window, x.view(), y.view());
        on.backend()
                .images()
                .maxPoolBackward(window, x.view(), y.view(), dy.view(), on.out(images).view());
        on.backend().images().averagePool(window, x.view(), on.out(halves).view());
        on.backend().images().averagePoolBackward(window, dy.view(), on.out(images).view());
        for (Resampling how : Resampling.values()) {
            on.backend().images().resize(how, dy.view(), on.out(images).view());
            on.backend().images().resizeBackward(how, x.view(), on.out(halves).view());
        }
        Operand places = on.in(3, 3, 1230, 48);
        Operand mean = on.out(3, 6);
        Operand inverse = on.out(3, 6);
        Operand gain = on.in(4, 48);
        on.backend()
                .normalisation()
                .groupNorm(
                        places.view(),
                        gain.view(),
                        on.in(5, 48).view(),
                        1e-5f,
                        on.out(3, 1230, 48).view(),
                        mean.view(),
                        inverse.view());
        on.backend()
                .normalisation()
                .groupNormBackward(
                        places.view(),
                        gain.view(),
                        mean.view(),
                        inverse.view(),
                        on.in(6, 3, 1230, 48).view(),
                        on.out(3, 1230, 48).view(),
                        on.out(48).view(),
                        on.out(48).view());
    }

    private static void convolution(On on, int groups) {
        Window window = Window.square(3).stride(2).same();
        Operand x = on.in(1, 3, 30, 41, 48);
        Operand w = on.in(2, 3, 3, 48 / groups, 48);
        Operand dy = on.in(3, 3, 15, 21, 48);
        on.backend()
                .images()
                .convolve(
                        window,
                        x.view(),
                        w.view(),
                        on.in(4, 48).view(),
                        on.out(3, 15, 21, 48).view());
        on.backend()
                .images()
                .convolveInput(window, dy.view(), w.view(), on.out(3, 30, 41, 48).view());
        on.backend()
                .images()
                .convolveWeight(window, x.view(), dy.view(), on.out(3, 3, 48 / groups, 48).view());
    }

    private static void losses(On on) {
        int[] targets = new SplittableRandom(1).ints(ROWS, -1, WIDTH).toArray();
        Operand x = on.in(1, ROWS, WIDTH);
        Operand logSums = on.out(ROWS);
        on.backend()
                .losses()
                .crossEntropy(x.view(), targets, 0.1f, on.out(ROWS).view(), logSums.view());
        on.backend()
                .losses()
                .crossEntropyBackward(
                        x.view(),
                        targets,
                        0.1f,
                        logSums.view(),
                        on.in(2, ROWS).view(),
                        on.out(ROWS, WIDTH).view());
    }

    private static void attention(On on) {
        int[] offsets = new int[41];
        for (int s = 0; s < 40; s++) {
            offsets[s + 1] = offsets[s] + 3 + s * 7 % 60;
        }
        offsets[40] += 500;
        int n = offsets[40];
        AttentionShape shape =
                new AttentionShape(
                        offsets,
                        offsets,
                        new int[40],
                        new AttentionHeads(4, 2, 16, 24, 0.25f),
                        HeadMasks.CAUSAL);
        Operand q = on.in(1, n, 64);
        Operand k = on.in(2, n, 32);
        Operand v = on.in(3, n, 48);
        Operand y = on.out(n, 96);
        Operand logSums = on.out(n, 4);
        QueryKeyValue x = new QueryKeyValue(q.view(), k.view(), v.view());
        on.backend().attention().attend(shape, x, y.view(), logSums.view());
        on.backend()
                .attention()
                .attendBackward(
                        shape,
                        x,
                        y.view(),
                        logSums.view(),
                        on.in(4, n, 96).view(),
                        new QueryKeyValue(
                                on.out(n, 64).view(), on.out(n, 32).view(), on.out(n, 48).view()));
    }

    private static void linearAttention(On on) {
        int[] offsets = new int[41];
        for (int s = 0; s < 40; s++) {
            offsets[s + 1] = offsets[s] + 3 + s * 7 % 60;
        }
        offsets[40] += 500;
        int n = offsets[40];
        LinearAttentionHeads heads = new LinearAttentionHeads(4, 2, 16, 24, false);
        LinearAttentionShape shape = new LinearAttentionShape(offsets, heads, true);
        Operand logs = on.in(4, n, 4);
        on.backend().elementwise().map(Unary.ABS, logs.view(), logs.view());
        on.backend().elementwise().map(Unary.NEGATE, logs.view(), logs.view());
        LinearAttentionOperations.Operands x =
                new LinearAttentionOperations.Operands(
                        on.in(1, n, 64).view(),
                        on.in(2, n, 32).view(),
                        on.in(3, n, 48).view(),
                        logs.view());
        Operand y = on.out(n, 96);
        Operand sums = on.out(n, 4);
        on.backend().linearAttention().attend(shape, x, y.view(), sums.view());
        on.backend()
                .linearAttention()
                .attendBackward(
                        shape,
                        x,
                        y.view(),
                        sums.view(),
                        on.in(5, n, 96).view(),
                        new LinearAttentionOperations.Operands(
                                on.out(n, 64).view(),
                                on.out(n, 32).view(),
                                on.out(n, 48).view(),
                                on.out(n, 4).view()));
        Operand states = on.out(40, heads.states());
        on.backend().linearAttention().states(shape, x, states.view());
        int[] parents = new SplittableRandom(1).ints(n, 0, 40).toArray();
        on.backend()
                .linearAttention()
                .step(
                        heads,
                        parents,
                        x,
                        states.view(),
                        on.out(n, heads.states()).view(),
                        on.out(n, 96).view());
    }

    private static void recurrence(On on) {
        TimeMajorSteps steps = new TimeMajorSteps(new int[] {33, 33, 30, 21, 8, 1});
        int rows = steps.rows();
        int n = 33;
        Operand gates = on.inOut(1, rows, 4 * n);
        Operand wh = on.in(2, n, 4 * n);
        Operand c0 = on.in(4, 33, n);
        Operand h = on.out(rows, n);
        Operand c = on.out(rows, n);
        Recurrence.Lstm run =
                new Recurrence.Lstm(
                        steps,
                        gates.view(),
                        wh.view(),
                        on.in(3, 33, n).view(),
                        c0.view(),
                        h.view(),
                        c.view());
        on.backend().recurrence().lstm(run);
        on.backend()
                .recurrence()
                .lstmBackward(
                        run,
                        on.in(5, rows, n).view(),
                        on.in(6, rows, n).view(),
                        on.out(33, n).view(),
                        on.out(33, n).view());
    }

    private static void updates(On on) {
        Operand x = on.in(1, ROWS, WIDTH);
        long bits = Double.doubleToLongBits(on.backend().updates().sumOfSquares(x.view()));
        for (int shift = 0; shift < Long.SIZE; shift += 16) {
            on.backend().elementwise().fill(on.out(1).view(), (int) (bits >>> shift & 0xffff));
        }
        Operand square = on.inOut(3, ROWS, WIDTH);
        on.backend().elementwise().map(Unary.SQUARE, square.view(), square.view());
        on.backend()
                .updates()
                .adam(
                        new Updates.Adam(0.1f, 0.9f, 0.99f, 1e-8f, 0.1f, 1, 1, 7),
                        on.inOut(2, ROWS, WIDTH).view(),
                        x.view(),
                        on.inOut(4, ROWS, WIDTH).view(),
                        square.view());
        on.backend()
                .updates()
                .momentum(
                        new Updates.Momentum(0.1f, 0.9f, true, 0.1f, 1, 1),
                        on.inOut(2, ROWS, WIDTH).view(),
                        x.view(),
                        on.inOut(4, ROWS, WIDTH).view());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void results_do_not_depend_on_the_number_of_threads(Consumer<On> operation) {
        On.assertSameBits(operation);
    }
}
