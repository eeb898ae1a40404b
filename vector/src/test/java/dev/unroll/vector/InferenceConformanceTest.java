package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.Backend;
import dev.unroll.backend.CacheIndex;
import dev.unroll.backend.Inference.FixedWeights;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.View;
import dev.unroll.backend.WeightStorage;
import dev.unroll.backend.scalar.ScalarBackend;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InferenceConformanceTest {
    private static final int[] SIZES = {1, 7, 31, 33, 64, 207};

    static Stream<Named<Backend>> backends() {
        return Candidates.all();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void a_product_with_fixed_weights_is_one_chain_of_multiply_adds_from_the_bias(Backend backend) {
        for (int rows : new int[] {0, 1, 2, 5, 13, 40}) {
            for (int in : SIZES) {
                for (int out : SIZES) {
                    Arrangement[] all = Arrangement.values();
                    Arrangement weights = all[(rows + in + out) % all.length];
                    product(backend, rows, in, out, weights, (rows + in + out) % 3 > 0);
                }
            }
        }
    }

    private static void product(
            Backend backend, int rows, int in, int out, Arrangement arrangement, boolean biased) {
        Operand x = Operand.random(backend, 1, Arrangement.OFFSET, rows, in);
        Operand w = Operand.random(backend, 2, arrangement, in, out);
        Operand b = Operand.random(backend, 3, Arrangement.OFFSET, out);
        Operand y = Operand.result(backend, rows, out);
        FixedWeights fixed = backend.inference().fix(w.view());
        assertThat(fixed.in()).isEqualTo(in);
        assertThat(fixed.out()).isEqualTo(out);
        backend.inference().multiply(x.view(), fixed, biased ? b.view() : null, y.view());
        float[] xs = x.before();
        float[] ws = w.before();
        float[] wanted = new float[rows * out];
        for (int i = 0; i < wanted.length; i++) {
            float sum = biased ? b.before()[i % out] : 0;
            for (int k = 0; k < in; k++) {
                sum = Math.fma(xs[i / out * in + k], ws[k * out + i % out], sum);
            }
            wanted[i] = sum;
        }
        assertThat(y.after()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void weights_of_half_and_of_a_quarter_of_the_memory_give_the_product_of_rounded_ones(
            Backend backend) {
        for (WeightStorage storage : new WeightStorage[] {WeightStorage.BF16, WeightStorage.INT8}) {
            for (int rows : new int[] {0, 1, 3, 8, 13, 40}) {
                for (int in : new int[] {1, 7, 128, 129, 400}) {
                    for (int out : SIZES) {
                        rounded(backend, storage, rows, in, out, (rows + in + out) % 3 > 0);
                    }
                }
            }
        }
    }

    private static void rounded(
            Backend backend, WeightStorage storage, int rows, int in, int out, boolean biased) {
        Operand x = Operand.random(backend, 1, Arrangement.PADDED, rows, in);
        Operand w = Operand.random(backend, 2, Arrangement.TRANSPOSED, in, out);
        Operand b = Operand.random(backend, 3, Arrangement.OFFSET, out);
        Operand y = Operand.result(backend, rows, out);
        FixedWeights fixed = backend.inference().fix(w.view(), storage);
        backend.inference().multiply(x.view(), fixed, biased ? b.view() : null, y.view());
        float[] xs = x.before();
        float[] ws = w.before();
        float[] wanted = new float[rows * out];
        for (int j = 0; j < out; j++) {
            float largest = 0;
            for (int k = 0; k < in; k++) {
                largest = Math.max(largest, Math.abs(ws[k * out + j]));
            }
            float scale = largest / 127;
            for (int i = 0; i < rows; i++) {
                float start = biased ? b.before()[j] : 0;
                float sum = storage == WeightStorage.INT8 ? 0 : start;
                for (int k = 0; k < in; k++) {
                    float weight = ws[k * out + j];
                    float kept =
                            storage == WeightStorage.INT8
                                    ? Math.round(weight / scale)
                                    : nearestWithEightBits(weight);
                    sum = Math.fma(xs[i * in + k], kept, sum);
                }
                wanted[i * out + j] =
                        storage == WeightStorage.INT8 ? Math.fma(sum, scale, start) : sum;
            }
        }
        assertThat(y.after()).as("%s %d x %d x %d", storage, rows, in, out).isEqualTo(wanted);
    }

    /** A number rounded to 8 significant bits, by its definition. */
    private static float nearestWithEightBits(float x) {
        double step = Math.scalb(1.0, Math.getExponent(x) - 7);
        return (float) (Math.rint(x / step) * step);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whole_numbers_refuse_a_weight_that_is_none(Backend backend) {
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            Operand w = Operand.of(backend, new float[] {1, 2, 3, bad}, 2, 2);
            assertThatThrownBy(() -> backend.inference().fix(w.view(), WeightStorage.INT8))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("column 1");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void fixed_weights_do_not_see_later_changes(Backend backend) {
        Operand x = Operand.random(backend, 1, Arrangement.OFFSET, 3, 7);
        Operand w = Operand.random(backend, 2, Arrangement.OFFSET, 7, 40);
        Operand before = Operand.result(backend, 3, 40);
        Operand after = Operand.result(backend, 3, 40);
        FixedWeights fixed = backend.inference().fix(w.view());
        backend.inference().multiply(x.view(), fixed, null, before.view());
        backend.elementwise().fill(w.view(), 0);
        backend.inference().multiply(x.view(), fixed, null, after.view());
        assertThat(after.after()).isEqualTo(before.after());
    }

    @Test
    void the_reference_refuses_weights_of_another_backend() {
        Backend reference = new ScalarBackend();
        Operand w = Operand.random(reference, 2, Arrangement.OFFSET, 1, 1);
        FixedWeights fixed = new VectorBackend(1).inference().fix(w.view());
        View view = Operand.result(reference, 1, 1).view();
        assertThatThrownBy(() -> reference.inference().multiply(view, fixed, null, view))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another backend");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void weights_that_the_reference_fixed_serve_a_backend_found_later(Backend backend) {
        Operand x = Operand.random(backend, 1, Arrangement.OFFSET, 3, 7);
        Operand w = Operand.random(backend, 2, Arrangement.OFFSET, 7, 40);
        Operand y = Operand.result(backend, 3, 40);
        Operand own = Operand.result(backend, 3, 40);
        FixedWeights fixed = new ScalarBackend().inference().fix(w.view());
        backend.inference().multiply(x.view(), fixed, null, y.view());
        FixedWeights ownWeights = backend.inference().fix(w.view());
        backend.inference().multiply(x.view(), ownWeights, null, own.view());
        assertThat(y.after()).isEqualTo(own.after());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void a_query_attends_to_the_keys_of_its_list(Backend backend) {
        SplittableRandom random = new SplittableRandom(7);
        for (int[] cut :
                new int[][] {{1, 1, 8, 8}, {4, 4, 32, 32}, {4, 2, 5, 17}, {6, 1, 16, 48}}) {
            AttentionHeads heads = new AttentionHeads(cut[0], cut[1], cut[2], cut[3], 0.3f);
            for (int queries : new int[] {0, 1, 3, 160}) {
                attention(backend, heads, lists(random, queries), random.nextLong());
            }
        }
    }

    /** Lists of 0 to 40 of 60 keys, some of them twice. */
    private static CacheIndex lists(SplittableRandom random, int queries) {
        int[] offsets = new int[queries + 1];
        for (int i = 0; i < queries; i++) {
            offsets[i + 1] = offsets[i] + random.nextInt(41);
        }
        return new CacheIndex(offsets, random.ints(offsets[queries], 0, 60).toArray());
    }

    private static void attention(
            Backend backend, AttentionHeads heads, CacheIndex lists, long seed) {
        int n = lists.queries();
        int valueWidth = heads.valueWidth();
        Operand q =
                Operand.random(backend, seed, Arrangement.OFFSET, n, heads.heads() * heads.width());
        Operand k =
                Operand.random(
                        backend,
                        seed + 1,
                        Arrangement.OFFSET,
                        60,
                        heads.keyHeads() * heads.width());
        Operand v =
                Operand.random(
                        backend, seed + 2, Arrangement.OFFSET, 60, heads.keyHeads() * valueWidth);
        Operand y = Operand.result(backend, n, heads.heads() * valueWidth);
        backend.inference()
                .attend(lists, heads, new QueryKeyValue(q.view(), k.view(), v.view()), y.view());
        float[] qs = q.before();
        float[] ks = k.before();
        float[] vs = v.before();
        double[] wanted = new double[n * heads.heads() * valueWidth];
        for (int i = 0; i < n; i++) {
            int[] seen =
                    Arrays.copyOfRange(lists.rows(), lists.offsets()[i], lists.offsets()[i + 1]);
            for (int h = 0; h < heads.heads(); h++) {
                int keyHead = h / (heads.heads() / heads.keyHeads());
                int query = (i * heads.heads() + h) * heads.width();
                double[] weights = new double[seen.length];
                for (int j = 0; j < seen.length; j++) {
                    int key = (seen[j] * heads.keyHeads() + keyHead) * heads.width();
                    for (int d = 0; d < heads.width(); d++) {
                        weights[j] += (double) qs[query + d] * ks[key + d];
                    }
                    weights[j] = Math.exp(weights[j] * heads.scale());
                }
                double sum = Arrays.stream(weights).sum();
                for (int j = 0; j < seen.length; j++) {
                    int value = (seen[j] * heads.keyHeads() + keyHead) * valueWidth;
                    for (int d = 0; d < valueWidth; d++) {
                        wanted[(i * heads.heads() + h) * valueWidth + d] +=
                                weights[j] / sum * vs[value + d];
                    }
                }
            }
        }
        assertClose("y", y.after(), wanted, 1e-5, 2e-6);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void the_largest_logits_come_first_and_of_equal_ones_the_first(Backend backend) {
        for (int n : new int[] {1, 2, 15, 16, 17, 100, 5000}) {
            for (int count : new int[] {1, 2, 5, 16, 100}) {
                if (count <= n) {
                    largest(backend, 9, n, count, true);
                    largest(backend, 33, n, count, false);
                }
            }
        }
    }

    private static void largest(Backend backend, int rows, int n, int count, boolean coarse) {
        float[] numbers = Operand.normal(n + count, rows * n);
        if (coarse) { // so that many are equal
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Math.round(2 * numbers[i]);
            }
        }
        Operand x = Operand.of(backend, numbers, rows, n);
        float[] logs = new float[rows * count];
        int[] tokens = new int[rows * count];
        backend.inference().largest(x.view(), count, logs, tokens);
        for (int i = 0; i < rows; i++) {
            int at = i * n;
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += Math.exp(numbers[at + j]);
            }
            int[] wanted =
                    IntStream.range(0, n)
                            .boxed()
                            .sorted(Comparator.comparingDouble(j -> -numbers[at + j]))
                            .limit(count)
                            .mapToInt(j -> j)
                            .toArray();
            assertThat(Arrays.copyOfRange(tokens, i * count, (i + 1) * count)).isEqualTo(wanted);
            double log = Math.log(sum);
            assertClose(
                    "logs",
                    Arrays.copyOfRange(logs, i * count, (i + 1) * count),
                    Arrays.stream(wanted).mapToDouble(j -> numbers[at + j] - log).toArray(),
                    1e-6,
                    2e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void a_row_with_a_number_that_is_none_says_so_and_one_without_choices_gives_what_there_is(
            Backend backend) {
        float none = Float.NaN;
        float never = Float.NEGATIVE_INFINITY;
        float[] numbers = new float[3 * 20];
        numbers[13] = none;
        Arrays.fill(numbers, 20, 40, never);
        numbers[31] = 2;
        Arrays.fill(numbers, 40, 60, never);
        Operand x = Operand.of(backend, numbers, 3, 20);
        for (int count : new int[] {1, 3}) {
            float[] logs = new float[3 * count];
            int[] tokens = new int[3 * count];
            backend.inference().largest(x.view(), count, logs, tokens);
            assertThat(logs[0]).isNaN();
            assertThat(tokens[count]).isEqualTo(11);
            assertThat(logs[count]).isZero();
            for (int rank = 1; rank < count; rank++) {
                assertThat(logs[count + rank]).isEqualTo(never);
            }
            assertThat(logs[2 * count]).isNaN();
            assertThat(Arrays.stream(tokens)).allMatch(t -> t >= 0 && t < 20);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void parts_run_side_by_side_once_each(Backend backend) {
        ConcurrentHashMap<Integer, Float> results = new ConcurrentHashMap<>();
        backend.sideBySide(
                50,
                part -> {
                    Operand x = Operand.random(backend, part, Arrangement.OFFSET, 64, 300);
                    Operand w = Operand.random(backend, part, Arrangement.OFFSET, 300, 300);
                    Operand y = Operand.result(backend, 64, 300);
                    backend.inference()
                            .multiply(x.view(), backend.inference().fix(w.view()), null, y.view());
                    results.merge(part, y.after()[7], Float::sum);
                });
        assertThat(results).hasSize(50);
    }
}
