package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Binary;
import dev.unroll.backend.Losses;
import dev.unroll.backend.Reduction;
import dev.unroll.backend.View;
import java.util.Arrays;

/**
 * Softmax cross-entropy with label smoothing ε over n classes (Szegedy et al. 2016, section 7), as
 * one operation on logits, and together with the product that makes the logits.
 *
 * <pre>
 *   loss = −Σ_j q_j · log p_j       p = softmax(logits)       q_j = ε/n + (1 − ε)·[j = target]
 * </pre>
 */
public final class CrossEntropy {
    /** A target that costs nothing. */
    public static final int IGNORED = Losses.IGNORED;

    /** Logits made at a time at most, 32 MiB, as long as that is {@link #FEWEST} rows. */
    private static final int BLOCK = 1 << 23;

    /**
     * Rows made at a time at least. Each block packs the weights three times: at [700, 650] x
     * 10,000, 256 rows took 304 ms a step, 512 285 and 1,024 262.
     */
    private static final int FEWEST = 256;

    /** The most rows at a time: with few tokens, more rows leave the cache and save nothing. */
    private static final int MOST = 1024;

    private CrossEntropy() {}

    private static Losses backend() {
        return Backends.current().losses();
    }

    /**
     * The loss of each row.
     *
     * @param logits [rows, vocabulary]
     * @param targets [rows], in [0, vocabulary) or {@link #IGNORED}
     * @param smoothing in [0, 1): the share of the target spread over the whole vocabulary
     * @return [rows]
     */
    public static Tensor perRow(Tensor logits, int[] targets, float smoothing) {
        check(logits, logits.dim(-1), targets, smoothing);
        View in = Views.contiguousView(logits);
        Tensor losses = Tensor.allocate(Shape.of(targets.length));
        Tensor logSums = Tensor.allocate(Shape.of(targets.length));
        backend().crossEntropy(in, targets, smoothing, losses.view(), logSums.view());
        return Tape.fill(
                losses,
                (dy, dx) -> {
                    View up = Views.contiguousView(dy);
                    backend()
                            .crossEntropyBackward(
                                    in, targets, smoothing, logSums.view(), up, dx[0].view());
                },
                logits);
    }

    /**
     * The loss of each row as its formula says, operation by operation: {@link #perRow} is held
     * equal to it, values and gradients.
     *
     * @param logits [rows, vocabulary]
     * @param targets [rows], in [0, vocabulary) or {@link #IGNORED}
     * @param smoothing in [0, 1)
     * @return [rows]
     */
    public static Tensor formula(Tensor logits, int[] targets, float smoothing) {
        check(logits, logits.dim(-1), targets, smoothing);
        int vocabulary = logits.dim(1);
        float[] wanted = new float[targets.length * vocabulary];
        for (int row = 0; row < targets.length; row++) {
            if (targets[row] != IGNORED) {
                int from = row * vocabulary;
                Arrays.fill(wanted, from, from + vocabulary, smoothing / vocabulary);
                wanted[from + targets[row]] += 1 - smoothing;
            }
        }
        Tensor q = Tensor.of(wanted, targets.length, vocabulary); // 0 throughout an ignored row
        return q.times(logits.logSoftmax()).sum(1).negate();
    }

    /** The mean loss of the rows whose target is not ignored: one number. */
    public static Tensor mean(Tensor logits, int[] targets, float smoothing) {
        return perRow(logits, targets, smoothing).sum().times(1f / Math.max(1, counted(targets)));
    }

    /**
     * The mean loss of the rows whose target is not ignored, each counting as much as its target's
     * class: Σ w_target · loss / Σ w_target, as PyTorch's {@code CrossEntropyLoss(weight)} has it
     * without smoothing. With smoothing the weight is of the whole row's loss.
     *
     * @param logits [rows, vocabulary]
     * @param targets [rows], in [0, vocabulary) or {@link #IGNORED}
     * @param smoothing in [0, 1)
     * @param weights [vocabulary], each 0 or more
     * @return one number; 0 if all weights of the targets are 0
     */
    public static Tensor mean(Tensor logits, int[] targets, float smoothing, float[] weights) {
        if (weights.length != logits.dim(-1)) {
            throw new IllegalArgumentException(
                    "crossEntropy: %d weights for logits %s: one a class"
                            .formatted(weights.length, logits.shape()));
        }
        for (float weight : weights) {
            if (!(weight >= 0 && weight < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "crossEntropy: a weight is finite and 0 or more, not " + weight);
            }
        }
        Tensor losses = perRow(logits, targets, smoothing);
        float[] shares = new float[targets.length];
        double sum = 0;
        for (int row = 0; row < targets.length; row++) {
            shares[row] = targets[row] == IGNORED ? 0 : weights[targets[row]];
            sum += shares[row];
        }
        for (int row = 0; row < targets.length && sum > 0; row++) {
            shares[row] = (float) (shares[row] / sum);
        }
        return losses.times(Tensor.of(shares, targets.length)).sum();
    }

    /**
     * The mean loss of x·w + b, without ever holding all logits: the fast twin of {@code
     * mean(x.matmul(w).plus(b), targets, smoothing)}. The gradients are computed on the way
     * forward, while a block of logits is at hand, and only scaled on the way back.
     *
     * @param x [rows, width]
     * @param w [width, vocabulary], any strides
     * @param b [vocabulary]
     */
    public static Tensor ofLinear(Tensor x, Tensor w, Tensor b, int[] targets, float smoothing) {
        MatMul.check(x, w);
        MatMul.checkBias("crossEntropy", x, w, b);
        check(x, w.dim(-1), targets, smoothing);
        boolean learning = Tape.tracks(x) || Tape.tracks(w) || Tape.tracks(b);
        int vocabulary = w.dim(1);
        float share = 1f / Math.max(1, counted(targets));
        Tensor rows = x.contiguous();
        Tensor losses = Tensor.allocate(Shape.of(targets.length));
        Tensor dx = Tensor.allocate(learning ? x.shape() : Shape.of(0));
        // the gradient of w has w's own order in memory, so that tied weights add up quickly
        boolean turned = w.view().strides()[0] == 1 && w.view().strides()[1] != 1;
        Shape stored = turned ? Shape.of(vocabulary, w.dim(0)) : w.shape();
        Tensor dw = gradient(learning, targets.length, stored);
        Tensor db = gradient(learning, targets.length, b.shape());
        int rowsAtOnce = Math.clamp(BLOCK / Math.max(1, vocabulary), FEWEST, MOST);
        Tensor block = Tensor.allocate(Shape.of(Math.min(rowsAtOnce, targets.length), vocabulary));
        Tensor logSums = Tensor.allocate(Shape.of(block.dim(0)));
        Tensor shares = Tensor.full(share, block.dim(0));
        for (int from = 0; from < targets.length; from += rowsAtOnce) {
            int n = Math.min(rowsAtOnce, targets.length - from);
            int[] wanted = Arrays.copyOfRange(targets, from, from + n);
            View z = block.view().rows(0, n);
            View xs = rows.view().rows(from, n);
            MatMul.addProduct(rows.slice(0, from, from + n), w, b, z);
            View sums = logSums.view().rows(0, n);
            backend().crossEntropy(z, wanted, smoothing, losses.view().rows(from, n), sums);
            if (learning) {
                View up = shares.view().rows(0, n);
                backend().crossEntropyBackward(z, wanted, smoothing, sums, up, z);
                View dxs = dx.view().rows(from, n);
                gradients(z, xs, w, dxs, dw, turned, db, from > 0);
            }
        }
        Tensor y = losses.sum().times(share);
        return Tape.record(
                y,
                dy -> {
                    Tensor dws = scaled(dw, dy);
                    return new Tensor[] {
                        scaled(dx, dy), turned ? dws.transpose() : dws, scaled(db, dy)
                    };
                },
                x,
                w,
                b);
    }

    /** A loss that is the end of the computation has the gradient 1: nothing to do. */
    private static Tensor scaled(Tensor gradient, Tensor dy) {
        return dy.item() == 1 ? gradient : gradient.times(dy);
    }

    /** Room for a gradient, which the first block fills. */
    private static Tensor gradient(boolean learning, int rows, Shape shape) {
        if (!learning) {
            return Tensor.zeros(0);
        }
        return rows == 0 ? Tensor.zeros(shape.dims()) : Tensor.allocate(shape);
    }

    /** dx = dz·wᵀ, dw = xᵀ·dz, db = Σ dz; or dw and db have it added. */
    private static void gradients(
            View dz, View x, Tensor w, View dx, Tensor dw, boolean turned, Tensor db, boolean add) {
        var products = Backends.current().products();
        products.matmul(dz, w.view().transposed(), dx, false);
        if (turned) {
            products.matmul(dz.transposed(), x, dw.view(), add);
        } else {
            products.matmul(x.transposed(), dz, dw.view(), add);
        }
        var elementwise = Backends.current().elementwise();
        View sums = add ? Tensor.allocate(db.shape()).view() : db.view();
        elementwise.reduce(Reduction.SUM, dz, View.of(sums.buffer(), 1, db.dim(0)));
        if (add) {
            elementwise.map(Binary.PLUS, db.view(), sums, db.view());
        }
    }

    /** {@return the number of targets that are not ignored} */
    public static int counted(int[] targets) {
        int counted = 0;
        for (int target : targets) {
            counted += target == IGNORED ? 0 : 1;
        }
        return counted;
    }

    private static void check(Tensor x, int vocabulary, int[] targets, float smoothing) {
        if (x.rank() != 2 || x.dim(0) != targets.length) {
            throw new IllegalArgumentException(
                    "crossEntropy: %s with %d targets: one target a row"
                            .formatted(x.shape(), targets.length));
        }
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "crossEntropy: the smoothing is in [0, 1), not " + smoothing);
        }
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] != IGNORED && (targets[i] < 0 || targets[i] >= vocabulary)) {
                throw new IllegalArgumentException(
                        "crossEntropy: target %d of row %d is not in [0, %d)"
                                .formatted(targets[i], i, vocabulary));
            }
        }
    }
}
