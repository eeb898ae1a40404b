package dev.unroll.tensor;

/**
 * The loss of pairs of vectors, each of which should be more like its partner than like any other
 * vector of the batch (InfoNCE, van den Oord et al. 2018, eq. 4, with the cosine as the score; the
 * ranking by the other texts of a batch is that of Henderson et al. 2017, section 4.4).
 *
 * <pre>
 *   s_ij = cos(a_i, b_j) / τ
 *   loss = ½ · mean_i (−log softmax_j(s_ij)[i]) + ½ · mean_i (−log softmax_j(s_ji)[i])
 * </pre>
 */
public final class ContrastiveLoss {
    /** The squared length below which a vector counts as zero. */
    private static final float SMALLEST = 1e-24f;

    /** Added to the score of an excluded pair, so that its probability in the softmax is 0. */
    private static final float OUT = -1e9f;

    private ContrastiveLoss() {}

    /**
     * Which vectors of the second side are no wrong partners of one of the first, such as copies of
     * its right one, though they stand elsewhere in the batch. They are left out of its softmax.
     */
    @FunctionalInterface
    public interface Exclusion {
        /**
         * {@return whether a vector is left out}
         *
         * @param first the place of a vector of the first side
         * @param second the place of one of the second side, another than its partner's
         */
        boolean excludes(int first, int second);
    }

    /**
     * The mean of both directions: the first side among the second, and the second among the first.
     *
     * @param first [pairs, width]
     * @param second [pairs + more, width]: the partners, in the same order, and behind them vectors
     *     that are wrong for all (hard negatives), which only the first side is compared with
     * @param temperature τ, above 0
     * @param exclusion of vectors that are not wrong
     * @return one number, 0 or more
     * @throws IllegalArgumentException if the shapes do not fit, or the temperature is not above 0
     */
    public static Tensor inBatch(
            Tensor first, Tensor second, float temperature, Exclusion exclusion) {
        if (first.rank() != 2
                || second.rank() != 2
                || first.dim(1) != second.dim(1)
                || first.dim(0) < 1
                || first.dim(0) > second.dim(0)) {
            throw new IllegalArgumentException(
                    ("contrastive loss: %s beside %s; give pairs of rows of one width, and behind"
                                    + " those of the second side any that are wrong for all")
                            .formatted(first.shape(), second.shape()));
        }
        if (!(temperature > 0 && temperature < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "contrastive loss: the temperature is above 0, not " + temperature);
        }
        int pairs = first.dim(0);
        int all = second.dim(0);
        float[] out = new float[pairs * all];
        for (int i = 0; i < pairs; i++) {
            for (int j = 0; j < all; j++) {
                out[i * all + j] = j != i && exclusion.excludes(i, j) ? OUT : 0;
            }
        }
        int[] partners = new int[pairs];
        for (int i = 0; i < pairs; i++) {
            partners[i] = i;
        }
        Tensor scores =
                unit(first)
                        .matmul(unit(second).transpose())
                        .times(1 / temperature)
                        .plus(Tensor.of(out, pairs, all));
        Tensor back = scores.slice(1, 0, pairs).transpose().contiguous();
        return CrossEntropy.mean(scores, partners, 0)
                .plus(CrossEntropy.mean(back, partners, 0))
                .times(0.5f);
    }

    /** Rows divided by their lengths. */
    private static Tensor unit(Tensor rows) {
        Tensor lengths = rows.square().sum(1).plus(SMALLEST).sqrt(); // [rows]
        return rows.times(lengths.reciprocal().reshape(rows.dim(0), 1));
    }
}
