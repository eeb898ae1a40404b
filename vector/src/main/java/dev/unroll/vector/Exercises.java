package dev.unroll.vector;

import static dev.unroll.vector.base.Species.L;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.Binary;
import dev.unroll.backend.CacheIndex;
import dev.unroll.backend.Groups;
import dev.unroll.backend.Inference.FixedWeights;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.Recurrence;
import dev.unroll.backend.Reduction;
import dev.unroll.backend.Rows;
import dev.unroll.backend.Scan;
import dev.unroll.backend.TimeMajorSteps;
import dev.unroll.backend.Unary;
import dev.unroll.backend.View;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.memory.ArrayBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The operations of a forward pass, of sizes that lead through whole vectors and through what is
 * left of them. Functions that hardly a network uses are left out; they run boxed until the
 * compiler has seen them.
 */
final class Exercises {
    private final List<Exercise> all = new ArrayList<>();

    private Exercises() {}

    static List<Exercise> all() {
        Exercises made = new Exercises();
        made.functions();
        made.reductions();
        made.products();
        made.rows();
        made.norms();
        made.recurrences();
        made.attention();
        made.inference();
        return List.copyOf(made.all);
    }

    private void add(Part part, long numbers, Consumer<Groups> work) {
        all.add(new Exercise(part, numbers, work));
    }

    /** Numbers from −2 to 2. */
    static View of(int... dims) {
        float[] numbers = new float[View.size(dims)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i * 37 % 64 / 16f - 2;
        }
        return View.of(ArrayBuffer.of(numbers), dims);
    }

    private void functions() {
        int few = 12 * L + 3;
        View x = of(few);
        View z = of(few);
        for (Unary f :
                new Unary[] {
                    Unary.RELU,
                    Unary.TANH,
                    Unary.SIGMOID,
                    Unary.GELU,
                    Unary.GELU_TANH,
                    Unary.SILU,
                    Unary.EXP
                }) {
            add(Part.ELEMENTWISE, few, groups -> groups.elementwise().map(f, x, z));
        }
        View rows = of(4, few);
        View row = of(few);
        View repeated = new View(row.buffer(), 0, rows.dims(), new int[] {0, 1});
        View sums = of(4, few);
        for (Binary f : new Binary[] {Binary.PLUS, Binary.MINUS, Binary.TIMES, Binary.DIVIDE}) {
            add(
                    Part.ELEMENTWISE,
                    8L * few,
                    groups -> {
                        groups.elementwise().map(f, rows, sums, sums);
                        groups.elementwise().map(f, rows, repeated, sums);
                    });
        }
        add(Part.ELEMENTWISE, 4L * few, groups -> groups.elementwise().affine(2, 1, rows, sums));
        View wide = of(20, 5 * L);
        View parts = of(20, 3 * L);
        View part = of(20, L);
        add(
                Part.ELEMENTWISE,
                80L * L,
                groups -> {
                    groups.elementwise().copy(wide.columns(L, 3 * L), parts);
                    groups.elementwise().copy(wide.columns(2 * L, L), part);
                });
    }

    private void reductions() {
        View x = of(12, 6 * L + 3);
        View down = of(1, 6 * L + 3);
        View along = of(12, 1);
        View one = of(1, 1);
        for (Reduction f : Reduction.values()) {
            add(
                    Part.ELEMENTWISE,
                    x.size(),
                    groups -> {
                        groups.elementwise().reduce(f, x, along);
                        groups.elementwise().reduce(f, x, one);
                    });
            add(Part.ELEMENTWISE, x.size(), groups -> groups.elementwise().reduce(f, x, down));
        }
    }

    private void products() {
        for (int rows : new int[] {1, 2, 7, 16, 20, 25, 40}) {
            for (int columns : new int[] {5, 4 * L + 3, 5 * L}) {
                product(rows, 21, columns, false);
            }
        }
        product(7, 2 * L + 5, 4 * L, true);
        product(25, 2 * L + 5, 4 * L + 3, true);
    }

    private void product(int rows, int depth, int columns, boolean turned) {
        View a = of(rows, depth);
        View b = turned ? of(columns, depth).transposed() : of(depth, columns);
        View bias = of(columns);
        View c = of(rows, columns);
        long numbers = (long) rows * depth * columns;
        add(
                Part.PRODUCTS,
                2 * numbers,
                groups -> {
                    groups.products().linear(a, b, bias, c);
                    groups.products().matmul(a, b, c, false);
                });
    }

    private void rows() {
        int n = 10 * L + 3;
        View x = of(n, 1);
        View y = of(n, 1);
        add(Part.ROWS, n, groups -> groups.rows().groupSoftmax(new int[] {0, 4 * L, n}, x, y));
        View table = of(9, 2 * L + 3);
        int[] index = {3, 1, 8, 8, 0, 2, 5, 7};
        View picked = of(index.length, 2 * L + 3);
        add(
                Part.ROWS,
                picked.size(),
                groups -> {
                    groups.rows().gather(table, index, picked);
                    groups.rows().scatterAdd(picked, index, table);
                    groups.elementwise().fill(table, 0.5f);
                });
        View heads = of(8, 8 * L);
        Rows.Rotation how = new Rows.Rotation(2, 4 * L, 10_000, false);
        add(
                Part.ROWS,
                heads.size(),
                groups -> groups.rows().rotate(how, heads, index, false, heads));
    }

    private void norms() {
        View x = of(8, 6 * L + 3);
        View y = of(8, 6 * L + 3);
        View gain = of(6 * L + 3);
        View bias = of(6 * L + 3);
        View mean = of(8);
        View inverse = of(8);
        add(Part.NORMALISATION, x.size(), groups -> groups.normalisation().softmax(x, y));
        add(Part.NORMALISATION, x.size(), groups -> groups.normalisation().logSoftmax(x, y));
        add(
                Part.NORMALISATION,
                x.size(),
                groups -> groups.normalisation().layerNorm(x, gain, bias, 1e-5f, y, mean, inverse));
        add(
                Part.NORMALISATION,
                x.size(),
                groups -> groups.normalisation().rmsNorm(x, gain, 1e-5f, y, inverse));
    }

    private void recurrences() {
        int n = L + 4;
        TimeMajorSteps steps = new TimeMajorSteps(new int[] {5, 4, 1, 1});
        int rows = steps.rows();
        long numbers = (long) rows * n;
        View first = of(5, n);
        View h = of(rows, n);
        View c = of(rows, n);
        View four = of(rows, 4 * n);
        View three = of(rows, 3 * n);
        View wide = of(n, 4 * n);
        View bn = of(n);
        add(
                Part.RECURRENCE,
                4 * numbers,
                groups ->
                        groups.recurrence()
                                .lstm(new Recurrence.Lstm(steps, four, wide, first, first, h, c)));
        View threeWide = of(n, 3 * n);
        for (boolean after : new boolean[] {true, false}) {
            add(
                    Part.RECURRENCE,
                    3 * numbers,
                    groups ->
                            groups.recurrence()
                                    .gru(
                                            new Recurrence.Gru(
                                                    after, steps, three, threeWide, bn, first, h,
                                                    c)));
        }
        View own = of(n, n);
        View x = of(rows, n);
        add(
                Part.RECURRENCE,
                numbers,
                groups -> groups.recurrence().elman(Unary.TANH, steps, x, own, first, h));
        Scan.Order order = new Scan.Order(new int[] {0, 7, rows}, false);
        View factors = of(rows, n);
        add(Part.SCAN, numbers, groups -> groups.scan().linear(order, factors, x, first, h));
    }

    private void attention() {
        int[] offsets = {0, 5, 5 + 2 * L + 9};
        int tokens = offsets[2];
        int width = 2 * L + 4;
        AttentionHeads heads = new AttentionHeads(2, 2, width, width, 0.2f);
        QueryKeyValue x =
                new QueryKeyValue(
                        of(tokens, 2 * width), of(tokens, 2 * width), of(tokens, 2 * width));
        View y = of(tokens, 2 * width);
        View logs = of(tokens, 2);
        for (Mask mask : new Mask[] {Masks.NONE, Masks.CAUSAL}) {
            AttentionShape shape =
                    new AttentionShape(offsets, offsets, new int[2], heads, HeadMasks.same(mask));
            add(
                    Part.ATTENTION,
                    (long) tokens * tokens * width,
                    groups -> groups.attention().attend(shape, x, y, logs));
        }
    }

    private void inference() {
        int depth = 21;
        int columns = 8 * L + 3;
        for (boolean turned : new boolean[] {false, true}) {
            View w = turned ? of(columns, depth).transposed() : of(depth, columns);
            View bias = of(columns);
            for (int rows : new int[] {1, 4, 5, 13}) {
                View x = of(rows, depth);
                View y = of(rows, columns);
                add(
                        Part.INFERENCE,
                        (long) rows * depth * columns,
                        groups -> {
                            FixedWeights fixed = groups.inference().fix(w);
                            groups.inference().multiply(x, fixed, bias, y);
                        });
            }
        }
        all.addAll(PackedExercises.all());
        int[] cached = {0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2};
        CacheIndex keys = new CacheIndex(new int[] {0, 9, 12}, cached);
        int width = 3 * L + 4;
        AttentionHeads heads = new AttentionHeads(1, 1, width, width, 0.2f);
        QueryKeyValue x = new QueryKeyValue(of(2, width), of(9, width), of(9, width));
        View y = of(2, width);
        add(Part.INFERENCE, 12L * width, groups -> groups.inference().attend(keys, heads, x, y));
        View logits = of(2, 20 * L + 3);
        for (int count : new int[] {1, 5}) {
            float[] logs = new float[2 * count];
            int[] tokens = new int[2 * count];
            add(
                    Part.INFERENCE,
                    logits.size(),
                    groups -> groups.inference().largest(logits, count, logs, tokens));
        }
    }
}
