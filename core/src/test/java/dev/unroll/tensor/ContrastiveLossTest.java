package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContrastiveLossTest {
    private static final ContrastiveLoss.Exclusion NONE = (i, j) -> false;

    /** The formula in double precision, number by number. */
    private static double formula(
            float[] a, float[] b, int width, double temperature, ContrastiveLoss.Exclusion out) {
        int pairs = a.length / width;
        int all = b.length / width;
        double loss = 0;
        for (int i = 0; i < pairs; i++) {
            double there = 0;
            double back = 0;
            for (int j = 0; j < all; j++) {
                if (j == i || !out.excludes(i, j)) {
                    there += Math.exp(cosine(a, i, b, j, width) / temperature);
                }
            }
            for (int j = 0; j < pairs; j++) {
                if (j == i || !out.excludes(j, i)) {
                    back += Math.exp(cosine(a, j, b, i, width) / temperature);
                }
            }
            double own = cosine(a, i, b, i, width) / temperature;
            loss += (Math.log(there) - own + Math.log(back) - own) / 2;
        }
        return loss / pairs;
    }

    private static double cosine(float[] a, int i, float[] b, int j, int width) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int k = 0; k < width; k++) {
            ab += (double) a[i * width + k] * b[j * width + k];
            aa += (double) a[i * width + k] * a[i * width + k];
            bb += (double) b[j * width + k] * b[j * width + k];
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static Tensor rows(long seed, int rows, int width) {
        return Numbers.between(-1, 1, seed, rows, width);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 2})
    void it_is_the_formula_with_and_without_what_is_left_out(double temperature) {
        Tensor a = rows(1, 4, 3);
        Tensor b = rows(2, 6, 3);
        Random random = new Random(3);
        boolean[][] some = new boolean[4][6];
        for (boolean[] row : some) {
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextInt(3) == 0;
            }
        }
        for (ContrastiveLoss.Exclusion out :
                new ContrastiveLoss.Exclusion[] {NONE, (i, j) -> some[i][j]}) {
            assertThat((double) ContrastiveLoss.inBatch(a, b, (float) temperature, out).item())
                    .isCloseTo(
                            formula(a.toArray(), b.toArray(), 3, temperature, out),
                            Offset.offset(1e-4));
        }
    }

    @Test
    void its_derivative_is_its_slope() {
        NumericGradient.check(
                x -> ContrastiveLoss.inBatch(x[0], x[1], 0.5f, (i, j) -> i == 0 && j == 2),
                rows(4, 3, 4),
                rows(5, 5, 4));
    }

    /** Two pairs with the same second text: each would push the other away. */
    @Test
    void a_copy_of_the_right_partner_that_is_left_out_costs_nothing() {
        Tensor a = Tensor.of(new float[] {1, 0, 1, 0.1f}, 2, 2);
        Tensor b = Tensor.of(new float[] {1, 0, 1, 0}, 2, 2);
        assertThat(ContrastiveLoss.inBatch(a, b, 0.05f, (i, j) -> true).item())
                .isCloseTo(0, Offset.offset(1e-6f));
        assertThat(ContrastiveLoss.inBatch(a, b, 0.05f, NONE).item()).isGreaterThan(0.5f);
    }

    @Test
    void equal_vectors_cost_the_logarithm_of_how_many_there_are() {
        Tensor same = Tensor.full(0.5f, 8, 3);
        assertThat((double) ContrastiveLoss.inBatch(same, same, 0.1f, NONE).item())
                .isCloseTo(Math.log(8), Offset.offset(1e-5));
    }

    @Test
    void a_pair_alone_costs_nothing_and_zeroes_give_numbers() {
        assertThat(ContrastiveLoss.inBatch(rows(6, 1, 3), rows(7, 1, 3), 0.05f, NONE).item())
                .isZero();
        assertThat(ContrastiveLoss.inBatch(Tensor.zeros(2, 3), rows(8, 2, 3), 0.05f, NONE).item())
                .isFinite();
    }

    @Test
    void what_does_not_fit_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContrastiveLoss.inBatch(rows(1, 3, 2), rows(1, 2, 2), 1, NONE))
                .withMessageContaining("[3, 2] beside [2, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContrastiveLoss.inBatch(rows(1, 2, 2), rows(1, 2, 3), 1, NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContrastiveLoss.inBatch(rows(1, 2, 2), rows(1, 2, 2), 0, NONE))
                .withMessageContaining("the temperature is above 0");
    }
}
