package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionOperations;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.backend.View;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinearAttentionConformanceTest {

    /**
     * What is computed over.
     *
     * @param decay ln of the decays lies between twice this and 0; none if 0
     */
    record Case(LinearAttentionShape shape, double decay) {}

    static Stream<Arguments> cases() {
        return Candidates.all().flatMap(b -> shapes().map(shape -> Arguments.of(b, shape)));
    }

    private static Stream<Named<Case>> shapes() {
        int[] ragged = {1, 7, 8, 16, 17, 31, 33};
        int[] edges = {63, 64, 65, 0, 1, 128, 129, 200};
        return Stream.of(
                shape("causal", ragged, 2, 2, 8, 8, true, true, 0),
                shape("decaying", ragged, 2, 2, 16, 16, true, true, -0.1),
                shape("sums", ragged, 2, 2, 17, 9, false, true, 0),
                shape("decaying sums", ragged, 2, 2, 16, 33, false, true, -0.1),
                shape("width 1", ragged, 3, 3, 1, 1, true, true, -0.1),
                shape("width 80, values of 33", ragged, 1, 1, 80, 33, true, true, -0.1),
                shape("grouped queries", ragged, 6, 2, 16, 8, true, true, -0.1),
                shape("one key head", ragged, 4, 1, 8, 24, true, true, 0),
                shape("several chunks", edges, 2, 2, 32, 32, true, true, 0),
                shape("several chunks, decaying", edges, 2, 1, 16, 32, true, true, -0.05),
                shape("several chunks, forgetting", edges, 2, 2, 16, 16, true, true, -30),
                shape("long", new int[] {600}, 2, 2, 16, 16, true, true, -0.01),
                shape("both ways", ragged, 2, 2, 16, 24, true, false, 0),
                shape("both ways, several chunks", edges, 4, 2, 32, 16, true, false, 0),
                shape("sums both ways", edges, 2, 1, 7, 15, false, false, 0),
                shape("empty among others", new int[] {3, 0, 5, 0}, 2, 2, 16, 16, true, true, -1),
                shape("no sequence", new int[0], 2, 2, 16, 16, true, true, -1));
    }

    private static Named<Case> shape(
            String name,
            int[] lengths,
            int heads,
            int keyHeads,
            int width,
            int valueWidth,
            boolean normalised,
            boolean causal,
            double decay) {
        int[] offsets = new int[lengths.length + 1];
        for (int s = 0; s < lengths.length; s++) {
            offsets[s + 1] = offsets[s] + lengths[s];
        }
        return Named.of(
                name,
                new Case(
                        new LinearAttentionShape(
                                offsets,
                                new LinearAttentionHeads(
                                        heads, keyHeads, width, valueWidth, normalised),
                                causal),
                        decay));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void linear_attention_and_its_derivative_are_the_quadratic_form(Backend backend, Case of) {
        Run run = Run.of(backend, of);
        LinearAttentionFormula wanted =
                LinearAttentionFormula.of(
                        of.shape,
                        run.q.before(),
                        run.k.before(),
                        run.v.before(),
                        run.logs == null ? null : run.logs.before(),
                        run.dy.before());
        boolean sums = !of.shape.heads().normalised();
        assertClose("y", run.y.after(), wanted.y(), 5e-6, sums ? 2e-3 : 1e-5);
        assertClose("dq", run.dq.after(), wanted.dq(), 1e-5, sums ? 1e-2 : 2e-5);
        assertClose("dk", run.dk.after(), wanted.dk(), 1e-5, sums ? 1e-2 : 2e-5);
        assertClose("dv", run.dv.after(), wanted.dv(), 1e-5, sums ? 1e-2 : 2e-5);
        if (run.dlogs != null) {
            assertClose("dlogs", run.dlogs.after(), wanted.dlogs(), 1e-5, sums ? 2e-2 : 1e-4);
        }
        run.q.assertUntouched();
        run.k.assertUntouched();
        run.v.assertUntouched();
        run.dy.assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_sequence_gives_the_same_bits_alone_as_in_a_batch(Backend backend, Case of) {
        Run all = Run.of(backend, of);
        LinearAttentionShape shape = of.shape;
        for (int s = 0; s < shape.batch(); s++) {
            LinearAttentionShape one =
                    new LinearAttentionShape(
                            new int[] {0, shape.length(s)}, shape.heads(), shape.causal());
            Run part = all.sequence(shape, s);
            Run alone = Run.with(backend, one, part);
            assertThat(alone.y.after()).isEqualTo(part.y.before());
            assertThat(alone.dq.after()).isEqualTo(part.dq.before());
            assertThat(alone.dk.after()).isEqualTo(part.dk.before());
            assertThat(alone.dv.after()).isEqualTo(part.dv.before());
            if (alone.dlogs != null && part.dlogs != null) {
                assertThat(alone.dlogs.after()).isEqualTo(part.dlogs.before());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_state_after_a_beginning_and_one_more_token_is_all_at_once(Backend backend, Case of) {
        LinearAttentionShape shape = of.shape;
        if (!shape.causal()) {
            return;
        }
        LinearAttentionHeads heads = shape.heads();
        Run all = Run.of(backend, of);
        for (int s = 0; s < shape.batch(); s++) {
            int before = shape.length(s) - 1;
            if (before < 0) {
                continue;
            }
            Run own = all.sequence(shape, s);
            Operand state = Operand.result(backend, 2, heads.states());
            LinearAttentionShape beginnings = // an empty one, and this one
                    new LinearAttentionShape(new int[] {0, 0, before}, heads, true);
            backend.linearAttention().states(beginnings, own.operands(0, before), state.view());
            Operand after = Operand.result(backend, 1, heads.states());
            Operand y = Operand.result(backend, 1, heads.heads() * heads.valueWidth());
            backend.linearAttention()
                    .step(
                            heads,
                            new int[] {1},
                            own.operands(before, 1),
                            state.view(),
                            after.view(),
                            y.view());
            float[] whole = own.y.before();
            float[] last = Arrays.copyOfRange(whole, before * y.view().size(), whole.length);
            double loose = heads.normalised() ? 1e-5 : 2e-3;
            assertClose("y", y.after(), Closeness.doubles(last), 5e-6, loose);
            LinearAttentionShape ends =
                    new LinearAttentionShape(new int[] {0, before + 1}, heads, true);
            Operand end = Operand.result(backend, 1, heads.states());
            backend.linearAttention().states(ends, own.operands(0, before + 1), end.view());
            assertClose("state", after.after(), Closeness.doubles(end.after()), 1e-5, 1e-4);
        }
    }

    private record Run(
            Operand q,
            Operand k,
            Operand v,
            @Nullable Operand logs,
            Operand dy,
            Operand y,
            Operand dq,
            Operand dk,
            Operand dv,
            @Nullable Operand dlogs) {

        static Run of(Backend backend, Case of) {
            LinearAttentionShape shape = of.shape;
            LinearAttentionHeads heads = shape.heads();
            int n = shape.tokens();
            float[] logs = Operand.normal(5, n * heads.heads());
            for (int i = 0; i < logs.length; i++) {
                logs[i] = (float) (of.decay * Math.min(2, Math.abs(logs[i])));
            }
            return run(
                    backend,
                    shape,
                    positive(backend, 1, n, heads.heads() * heads.width()),
                    positive(backend, 2, n, heads.keyHeads() * heads.width()),
                    Operand.random(
                            backend,
                            3,
                            Arrangement.PADDED,
                            n,
                            heads.keyHeads() * heads.valueWidth()),
                    of.decay == 0 ? null : Operand.of(backend, logs, n, heads.heads()),
                    Operand.random(
                            backend, 4, Arrangement.PADDED, n, heads.heads() * heads.valueWidth()));
        }

        private static Operand positive(Backend backend, long seed, int n, int width) {
            float[] numbers = Operand.normal(seed, n * width);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = numbers[i] > 0 ? numbers[i] + 1 : (float) Math.exp(numbers[i]);
            }
            return Operand.arranged(backend, Arrangement.PADDED, numbers, n, width);
        }

        static Run with(Backend backend, LinearAttentionShape shape, Run inputs) {
            return run(backend, shape, inputs.q, inputs.k, inputs.v, inputs.logs, inputs.dy);
        }

        private static Run run(
                Backend backend,
                LinearAttentionShape shape,
                Operand q,
                Operand k,
                Operand v,
                @Nullable Operand logs,
                Operand dy) {
            Run run =
                    new Run(
                            q,
                            k,
                            v,
                            logs,
                            dy,
                            apart(backend, dy),
                            apart(backend, q),
                            apart(backend, k),
                            apart(backend, v),
                            logs == null ? null : apart(backend, logs));
            Operand sums = Operand.result(backend, shape.tokens(), shape.heads().heads());
            LinearAttentionOperations.Operands x = run.operands(0, shape.tokens());
            backend.linearAttention().attend(shape, x, run.y.view(), sums.view());
            backend.linearAttention()
                    .attendBackward(
                            shape,
                            x,
                            run.y.view(),
                            sums.view(),
                            dy.view(),
                            new LinearAttentionOperations.Operands(
                                    run.dq.view(),
                                    run.dk.view(),
                                    run.dv.view(),
                                    run.dlogs == null ? null : run.dlogs.view()));
            return run;
        }

        /** Some of the rows that were read. */
        LinearAttentionOperations.Operands operands(int from, int count) {
            View decays = logs == null ? null : logs.view().rows(from, count);
            return new LinearAttentionOperations.Operands(
                    q.view().rows(from, count),
                    k.view().rows(from, count),
                    v.view().rows(from, count),
                    decays);
        }

        /** A result to be, whose rows have gaps between them. */
        private static Operand apart(Backend backend, Operand like) {
            return Operand.result(backend, Arrangement.PADDED, like.view().dims());
        }

        /** The rows of one sequence, as they are now. */
        Run sequence(LinearAttentionShape shape, int s) {
            int[] range = {shape.offsets()[s], shape.offsets()[s + 1]};
            return new Run(
                    rows(q, range),
                    rows(k, range),
                    rows(v, range),
                    logs == null ? null : rows(logs, range),
                    rows(dy, range),
                    rows(y, range),
                    rows(dq, range),
                    rows(dk, range),
                    rows(dv, range),
                    dlogs == null ? null : rows(dlogs, range));
        }

        private static Operand rows(Operand all, int[] range) {
            int width = all.view().dim(1);
            float[] rows = Arrays.copyOfRange(all.after(), range[0] * width, range[1] * width);
            return Operand.of(all.backend(), rows, range[1] - range[0], width);
        }
    }
}
