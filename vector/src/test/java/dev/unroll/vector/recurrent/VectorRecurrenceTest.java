package dev.unroll.vector.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.Recurrence;
import dev.unroll.backend.TimeMajorSteps;
import dev.unroll.backend.Unary;
import dev.unroll.backend.View;
import dev.unroll.backend.scalar.ScalarBackend;
import dev.unroll.vector.VectorBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VectorRecurrenceTest {
    private static final ScalarBackend SCALAR = new ScalarBackend();
    private static final VectorBackend ONE = new VectorBackend(1);
    private static final VectorBackend TWO = new VectorBackend(2);
    private static final VectorBackend FIVE = new VectorBackend(5);

    /** Each recurrence with its derivative. */
    enum Kind {
        ELMAN_TANH(1),
        ELMAN_RELU(1),
        ELMAN_SIGMOID(1),
        LSTM(4),
        LSTM_WITH_CELL_GRADIENT(4),
        GRU_RESET_AFTER(3),
        GRU_RESET_BEFORE(3);

        final int gates;

        Kind(int gates) {
            this.gates = gates;
        }
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        int[][] steps = {{}, {1}, {7}, {1, 1, 1}, {9, 8, 8, 3, 1, 1}, {31, 30, 12, 2}, {64, 17}};
        for (Kind kind : Kind.values()) {
            for (int[] sizes : steps) {
                for (int hidden : new int[] {1, 7, 8, 9, 16, 31, 33}) {
                    cases.add(Arguments.of(kind, sizes, hidden));
                }
            }
            cases.add(Arguments.of(kind, new int[] {13, 5}, 207));
            cases.add(Arguments.of(kind, new int[] {3, 2}, 300));
            cases.add(Arguments.of(kind, new int[] {600, 2}, 5));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void values_and_gradients_are_those_of_the_reference(Kind kind, int[] sizes, int hidden) {
        Map<String, float[]> expected = run(SCALAR, kind, new TimeMajorSteps(sizes), hidden);
        Map<String, float[]> actual = run(TWO, kind, new TimeMajorSteps(sizes), hidden);
        expected.forEach(
                (name, numbers) -> near(name, Objects.requireNonNull(actual.get(name)), numbers));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void threads_change_no_bit(Kind kind, int[] sizes, int hidden) {
        Map<String, float[]> expected = run(ONE, kind, new TimeMajorSteps(sizes), hidden);
        for (Backend backend : new Backend[] {TWO, FIVE}) {
            Map<String, float[]> actual = run(backend, kind, new TimeMajorSteps(sizes), hidden);
            expected.forEach((name, x) -> assertThat(actual.get(name)).as(name).isEqualTo(x));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_sequence_has_the_same_bits_alone_and_in_a_batch(Kind kind) {
        int hidden = 37;
        TimeMajorSteps steps = new TimeMajorSteps(new int[] {14, 14, 9, 4, 4, 1});
        Inputs all = Inputs.random(kind, steps, hidden);
        Map<String, float[]> together = run(TWO, kind, steps, hidden, all);
        for (int j = 0; j < steps.batch(); j++) {
            int sequence = j;
            int[] rows = rows(steps, j);
            int[] ones = new int[rows.length];
            Arrays.fill(ones, 1);
            Inputs own = all.only(rows, j, kind.gates, hidden);
            Map<String, float[]> alone = run(TWO, kind, new TimeMajorSteps(ones), hidden, own);
            together.forEach(
                    (name, numbers) -> {
                        int[] picked = name.endsWith("0") ? new int[] {sequence} : rows;
                        int width = name.startsWith("gates") ? kind.gates * hidden : hidden;
                        assertThat(alone.get(name))
                                .as(name)
                                .isEqualTo(pick(numbers, picked, width));
                    });
        }
    }

    private record Inputs(
            float[] x, float[] wh, float[] bn, float[] h0, float[] c0, float[] dh, float[] dc) {
        static Inputs random(Kind kind, TimeMajorSteps steps, int hidden) {
            Random random = new Random(hidden + 31L * steps.rows());
            int rows = steps.rows();
            int batch = steps.batch();
            return new Inputs(
                    numbers(random, rows * kind.gates * hidden, 2),
                    numbers(random, hidden * kind.gates * hidden, 1 / Math.sqrt(hidden)),
                    numbers(random, hidden, 1),
                    numbers(random, batch * hidden, 1),
                    numbers(random, batch * hidden, 1),
                    numbers(random, rows * hidden, 1),
                    numbers(random, rows * hidden, 1));
        }

        Inputs only(int[] rows, int sequence, int gates, int hidden) {
            int[] first = {sequence};
            return new Inputs(
                    pick(x, rows, gates * hidden),
                    wh,
                    bn,
                    pick(h0, first, hidden),
                    pick(c0, first, hidden),
                    pick(dh, rows, hidden),
                    pick(dc, rows, hidden));
        }
    }

    private static Map<String, float[]> run(
            Backend backend, Kind kind, TimeMajorSteps steps, int hidden) {
        return run(backend, kind, steps, hidden, Inputs.random(kind, steps, hidden));
    }

    /** Forward, then backward; all that was written, by name. */
    private static Map<String, float[]> run(
            Backend backend, Kind kind, TimeMajorSteps steps, int hidden, Inputs in) {
        int rows = steps.rows();
        int batch = steps.batch();
        View gates = view(in.x, rows, kind.gates * hidden);
        View wh = view(in.wh, hidden, kind.gates * hidden);
        View bn = view(in.bn, hidden);
        View h0 = view(in.h0, batch, hidden);
        View c0 = view(in.c0, batch, hidden);
        View dh = view(in.dh, rows, hidden);
        View h = empty(rows, hidden);
        View c = empty(rows, hidden);
        View inner = empty(rows, hidden);
        View dh0 = empty(batch, hidden);
        View dc0 = empty(batch, hidden);
        Map<String, float[]> written = new LinkedHashMap<>();
        switch (kind) {
            case ELMAN_TANH, ELMAN_RELU, ELMAN_SIGMOID -> {
                Unary f = Unary.valueOf(kind.name().substring("ELMAN_".length()));
                View dx = empty(rows, hidden);
                backend.recurrence().elman(f, steps, gates, wh, h0, h);
                backend.recurrence().elman(f, steps, gates, wh, h0, gates); // in place
                written.put("h", read(h));
                written.put("gates in place of h", read(gates));
                backend.recurrence().elmanBackward(f, steps, wh, h, dh, dx, dh0);
                written.put("dx", read(dx));
                written.put("dh0", read(dh0));
            }
            case LSTM, LSTM_WITH_CELL_GRADIENT -> {
                View dc = kind == Kind.LSTM ? empty(0, hidden) : view(in.dc, rows, hidden);
                backend.recurrence().lstm(new Recurrence.Lstm(steps, gates, wh, h0, c0, h, c));
                written.put("h", read(h));
                written.put("c", read(c));
                written.put("gates", read(gates));
                backend.recurrence()
                        .lstmBackward(
                                new Recurrence.Lstm(steps, gates, wh, h0, c0, h, c),
                                dh,
                                dc,
                                dh0,
                                dc0);
                written.put("gates' gradient", read(gates));
                written.put("dh0", read(dh0));
                written.put("dc0", read(dc0));
            }
            case GRU_RESET_AFTER, GRU_RESET_BEFORE -> {
                boolean after = kind == Kind.GRU_RESET_AFTER;
                backend.recurrence()
                        .gru(new Recurrence.Gru(after, steps, gates, wh, bn, h0, h, inner));
                written.put("h", read(h));
                written.put("inner", read(inner));
                written.put("gates", read(gates));
                backend.recurrence()
                        .gruBackward(
                                new Recurrence.Gru(after, steps, gates, wh, bn, h0, h, inner),
                                dh,
                                dh0);
                written.put("gates' gradient", read(gates));
                written.put("inner's gradient", read(inner));
                written.put("dh0", read(dh0));
            }
        }
        return written;
    }

    private static int[] rows(TimeMajorSteps steps, int sequence) {
        List<Integer> rows = new ArrayList<>();
        int start = 0;
        for (int size : steps.sizes()) {
            if (sequence < size) {
                rows.add(start + sequence);
            }
            start += size;
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    private static float[] pick(float[] x, int[] rows, int width) {
        float[] y = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(x, rows[i] * width, y, i * width, width);
        }
        return y;
    }

    private static float[] numbers(Random random, int count, double size) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) ((random.nextFloat() - 0.5) * 2 * size);
        }
        return numbers;
    }

    private static View empty(int... dims) {
        float[] nothing = new float[View.size(dims)];
        Arrays.fill(nothing, Float.NaN);
        return view(nothing, dims);
    }

    /** A view that does not start where its buffer starts. */
    private static View view(float[] numbers, int... dims) {
        float[] shifted = new float[numbers.length + 3];
        System.arraycopy(numbers, 0, shifted, 3, numbers.length);
        Buffer buffer = SCALAR.allocate(shifted.length);
        SCALAR.write(shifted, buffer);
        return new View(buffer, 3, dims, View.contiguousStrides(dims));
    }

    private static float[] read(View view) {
        float[] numbers = new float[view.size()];
        SCALAR.read(view, numbers);
        return numbers;
    }

    private static void near(String name, float[] actual, float[] expected) {
        assertThat(actual).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            float allowed = 2e-5f * Math.max(1, Math.abs(expected[i]));
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as("%s, number %s: %s, not %s", name, i, actual[i], expected[i])
                    .isLessThanOrEqualTo(allowed);
        }
    }
}
