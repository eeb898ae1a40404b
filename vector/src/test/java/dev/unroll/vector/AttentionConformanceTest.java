package dev.unroll.vector;

import static dev.unroll.mask.Mask.NO_LIMIT;
import static dev.unroll.vector.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.AttentionDropout;
import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.Backend;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionConformanceTest {

    static Stream<Arguments> cases() {
        return Candidates.all().flatMap(b -> shapes().map(shape -> Arguments.of(b, shape)));
    }

    static Stream<Arguments> casesWithDropout() {
        return Candidates.all()
                .flatMap(
                        b ->
                                shapes().flatMap(
                                                shape ->
                                                        Stream.of(0.1f, 0.6f)
                                                                .map(
                                                                        rate ->
                                                                                Arguments.of(
                                                                                        b,
                                                                                        dropped(
                                                                                                shape,
                                                                                                rate)))));
    }

    private static Named<AttentionShape> dropped(Named<AttentionShape> named, float rate) {
        AttentionShape shape = named.getPayload();
        return Named.of(
                named.getName() + ", dropout " + rate,
                new AttentionShape(
                        shape.queryOffsets(),
                        shape.keyOffsets(),
                        shape.starts(),
                        shape.split(),
                        shape.masks(),
                        new AttentionDropout(77, rate)));
    }

    private static Stream<Named<AttentionShape>> shapes() {
        int[] ragged = {1, 7, 8, 9, 15, 16, 17, 31, 33};
        int[] others = {33, 1, 16, 8, 9, 7, 31, 15, 17};
        return Stream.of(
                shape("itself", ragged, ragged, 2, 2, 8, 8, NO_LIMIT, NO_LIMIT),
                shape("causal", ragged, ragged, 2, 2, 16, 16, NO_LIMIT, 0),
                shape("another", ragged, others, 2, 2, 17, 9, NO_LIMIT, NO_LIMIT),
                shape("width 1", ragged, others, 3, 3, 1, 1, NO_LIMIT, NO_LIMIT),
                shape("width 7, values of 15", ragged, ragged, 2, 2, 7, 15, NO_LIMIT, 0),
                shape("width 64", ragged, others, 4, 4, 64, 64, NO_LIMIT, NO_LIMIT),
                shape("width 80, values of 33", ragged, ragged, 1, 1, 80, 33, NO_LIMIT, 0),
                shape("grouped queries", ragged, ragged, 6, 2, 16, 8, NO_LIMIT, 0),
                shape("one key head", ragged, others, 4, 1, 8, 24, NO_LIMIT, NO_LIMIT),
                shape("window", ragged, ragged, 2, 2, 16, 16, 3, 2),
                shape("causal window", ragged, ragged, 2, 1, 16, 16, 5, 0),
                shape("itself only", ragged, ragged, 2, 2, 16, 16, 0, 0),
                masked("two masks", ragged, 4, 2, Masks.CAUSAL, Masks.strided(5)),
                masked(
                        "a mask for each of two heads of one key head",
                        ragged,
                        2,
                        1,
                        Masks.window(3, 0),
                        Masks.strided(4).and(Masks.CAUSAL)),
                masked("blocks", new int[] {31, 32, 33, 64, 65, 200}, 2, 2, Masks.blocks(24)),
                masked("dilated", new int[] {31, 33, 150}, 2, 2, Masks.dilated(9, 3, 7)),
                masked("far dilated", new int[] {400}, 1, 1, Masks.dilated(2, 0, 100)),
                masked("strided", new int[] {31, 33, 400}, 2, 2, Masks.strided(128)),
                masked("global", new int[] {1, 31, 300}, 2, 2, Masks.globalTokens(0, 70)),
                masked("random", new int[] {1, 33, 500}, 2, 2, Masks.randomBlocks(16, 2, 9)),
                masked(
                        "window, global and random",
                        new int[] {0, 1, 31, 32, 33, 257, 500},
                        2,
                        2,
                        Masks.CAUSAL.and(
                                Masks.window(40, 0)
                                        .or(Masks.globalTokens(0))
                                        .or(Masks.randomBlocks(32, 1, 4)))),
                masked(
                        "nothing at all",
                        new int[] {40},
                        1,
                        1,
                        Masks.blocks(1).and(Masks.globalTokens(1000))),
                shape(
                        "long",
                        new int[] {207, 300},
                        new int[] {207, 150},
                        2,
                        2,
                        16,
                        16,
                        NO_LIMIT,
                        NO_LIMIT),
                shape(
                        "long, causal",
                        new int[] {207, 1, 600},
                        new int[] {207, 1, 600},
                        2,
                        1,
                        16,
                        16,
                        NO_LIMIT,
                        0),
                shape("long, window", new int[] {600}, new int[] {600}, 1, 1, 32, 16, 70, 0),
                shape(
                        "long keys",
                        new int[] {3, 2},
                        new int[] {1500, 700},
                        2,
                        2,
                        16,
                        16,
                        NO_LIMIT,
                        NO_LIMIT),
                shape(
                        "empty among others",
                        new int[] {3, 0, 5, 0},
                        new int[] {4, 6, 0, 0},
                        2,
                        2,
                        16,
                        16,
                        NO_LIMIT,
                        NO_LIMIT),
                shape("no sequence", new int[0], new int[0], 2, 2, 16, 16, NO_LIMIT, NO_LIMIT),
                started(
                        "one more token",
                        new int[] {1, 1, 1},
                        new int[] {5, 9, 33},
                        new int[] {4, 8, 32},
                        NO_LIMIT,
                        0),
                started(
                        "a few more tokens",
                        new int[] {3, 17},
                        new int[] {20, 90},
                        new int[] {17, 73},
                        8,
                        0),
                started(
                        "before its first key",
                        new int[] {9, 4},
                        new int[] {9, 4},
                        new int[] {-4, -9},
                        NO_LIMIT,
                        0),
                started(
                        "beyond its last key",
                        new int[] {9, 4},
                        new int[] {9, 4},
                        new int[] {5, 100},
                        2,
                        0));
    }

    private static Named<AttentionShape> shape(
            String name,
            int[] queries,
            int[] keys,
            int heads,
            int keyHeads,
            int width,
            int valueWidth,
            int left,
            int right) {
        float scale = (float) (1 / Math.sqrt(width));
        return Named.of(
                name,
                new AttentionShape(
                        offsets(queries),
                        offsets(keys),
                        new int[queries.length],
                        new AttentionHeads(heads, keyHeads, width, valueWidth, scale),
                        HeadMasks.same(Masks.window(left, right))));
    }

    private static Named<AttentionShape> masked(
            String name, int[] lengths, int heads, int keyHeads, Mask... masks) {
        return Named.of(
                name,
                new AttentionShape(
                        offsets(lengths),
                        offsets(lengths),
                        new int[lengths.length],
                        new AttentionHeads(heads, keyHeads, 16, 8, 0.25f),
                        new HeadMasks(List.of(masks))));
    }

    private static Named<AttentionShape> started(
            String name, int[] queries, int[] keys, int[] starts, int left, int right) {
        return Named.of(
                name,
                new AttentionShape(
                        offsets(queries),
                        offsets(keys),
                        starts,
                        new AttentionHeads(2, 2, 16, 16, 0.25f),
                        HeadMasks.same(Masks.window(left, right))));
    }

    private static int[] offsets(int[] lengths) {
        int[] offsets = new int[lengths.length + 1];
        for (int s = 0; s < lengths.length; s++) {
            offsets[s + 1] = offsets[s] + lengths[s];
        }
        return offsets;
    }

    @ParameterizedTest
    @MethodSource({"cases", "casesWithDropout"})
    void attention_and_its_derivative_are_their_formulas(Backend backend, AttentionShape shape) {
        Run run = Run.of(backend, shape, 1);
        AttentionFormula wanted =
                AttentionFormula.of(
                        shape, run.q.before(), run.k.before(), run.v.before(), run.dy.before());
        double kept = 1 / (1 - shape.dropout().rate()); // weights, and what is lost in sums of them
        assertClose("y", run.y.after(), wanted.y(), 2e-6, 2e-6 * kept);
        assertClose("logSums", run.logSums.after(), wanted.logSums(), 1e-6, 1e-6);
        assertClose("dq", run.dq.after(), wanted.dq(), 5e-6, 3e-6 * kept);
        assertClose("dk", run.dk.after(), wanted.dk(), 5e-6, 5e-6 * kept);
        assertClose("dv", run.dv.after(), wanted.dv(), 5e-6, 5e-6 * kept);
        run.q.assertUntouched();
        run.k.assertUntouched();
        run.v.assertUntouched();
        run.dy.assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void attention_survives_large_scores(Backend backend, AttentionShape shape) {
        Run run = Run.of(backend, shape, 100);
        AttentionFormula wanted =
                AttentionFormula.of(
                        shape, run.q.before(), run.k.before(), run.v.before(), run.dy.before());
        // scores of 10⁴ are known to 10⁻³
        assertClose("y", run.y.after(), wanted.y(), 2e-2, 2e-2);
        assertClose("logSums", run.logSums.after(), wanted.logSums(), 1e-5, 1e-2);
        for (Operand gradient : new Operand[] {run.dq, run.dk, run.dv}) {
            for (float g : gradient.after()) {
                assertThat(g).isFinite();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_sequence_gives_the_same_bits_alone_as_in_a_batch(Backend backend, AttentionShape shape) {
        Run all = Run.of(backend, shape, 1);
        for (int s = 0; s < shape.batch(); s++) {
            AttentionShape one =
                    new AttentionShape(
                            new int[] {0, shape.queries(s)},
                            new int[] {0, shape.keys(s)},
                            new int[] {shape.starts()[s]},
                            shape.split(),
                            shape.masks());
            Run alone = Run.with(backend, one, all.sequence(shape, s));
            Run part = all.sequence(shape, s);
            assertThat(alone.y.after()).isEqualTo(part.y.before());
            assertThat(alone.dq.after()).isEqualTo(part.dq.before());
            assertThat(alone.dk.after()).isEqualTo(part.dk.before());
            assertThat(alone.dv.after()).isEqualTo(part.dv.before());
        }
    }

    private record Run(
            Operand q,
            Operand k,
            Operand v,
            Operand dy,
            Operand y,
            Operand logSums,
            Operand dq,
            Operand dk,
            Operand dv) {

        static Run of(Backend backend, AttentionShape shape, float factor) {
            int queries = shape.queryOffsets()[shape.batch()];
            int keys = shape.keyOffsets()[shape.batch()];
            int heads = shape.heads();
            int vw = shape.valueWidth();
            Operand v = Operand.random(backend, 3, Arrangement.PADDED, keys, shape.keyHeads() * vw);
            Operand dy = Operand.random(backend, 4, Arrangement.PADDED, queries, heads * vw);
            return run(
                    backend,
                    shape,
                    large(backend, 1, factor, queries, heads * shape.width()),
                    large(backend, 2, factor, keys, shape.keyHeads() * shape.width()),
                    v,
                    dy);
        }

        private static Operand large(Backend backend, long seed, float factor, int n, int width) {
            float[] numbers = Operand.normal(seed, n * width);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] *= factor;
            }
            return Operand.of(backend, numbers, n, width);
        }

        static Run with(Backend backend, AttentionShape shape, Run inputs) {
            return run(backend, shape, inputs.q, inputs.k, inputs.v, inputs.dy);
        }

        private static Run run(
                Backend backend,
                AttentionShape shape,
                Operand q,
                Operand k,
                Operand v,
                Operand dy) {
            int queries = shape.queryOffsets()[shape.batch()];
            Run run =
                    new Run(
                            q,
                            k,
                            v,
                            dy,
                            apart(backend, dy),
                            Operand.result(backend, queries, shape.heads()),
                            apart(backend, q),
                            apart(backend, k),
                            apart(backend, v));
            QueryKeyValue x = new QueryKeyValue(q.view(), k.view(), v.view());
            backend.attention().attend(shape, x, run.y.view(), run.logSums.view());
            backend.attention()
                    .attendBackward(
                            shape,
                            x,
                            run.y.view(),
                            run.logSums.view(),
                            dy.view(),
                            new QueryKeyValue(run.dq.view(), run.dk.view(), run.dv.view()));
            return run;
        }

        /** A result to be, whose rows have gaps between them. */
        private static Operand apart(Backend backend, Operand like) {
            return Operand.result(backend, Arrangement.PADDED, like.view().dims());
        }

        /** The rows of one sequence, as they are now. */
        Run sequence(AttentionShape shape, int s) {
            int[] queries = {shape.queryOffsets()[s], shape.queryOffsets()[s + 1]};
            int[] keys = {shape.keyOffsets()[s], shape.keyOffsets()[s + 1]};
            return new Run(
                    rows(q, queries),
                    rows(k, keys),
                    rows(v, keys),
                    rows(dy, queries),
                    rows(y, queries),
                    rows(logSums, queries),
                    rows(dq, queries),
                    rows(dk, keys),
                    rows(dv, keys));
        }

        private static Operand rows(Operand all, int[] range) {
            int width = all.view().dim(1);
            float[] rows = Arrays.copyOfRange(all.after(), range[0] * width, range[1] * width);
            return Operand.of(all.backend(), rows, range[1] - range[0], width);
        }
    }
}
