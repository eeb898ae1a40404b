package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Scan;
import dev.unroll.backend.View;

/**
 * The linear recurrence h[t] = a[t] ⊙ h[t−1] + b[t] as one operation beside its derivative. The
 * factors a and what is added, b, are known for all steps before the first, so that the steps can
 * be shared among threads (a parallel scan: Blelloch 1990, section 1.4.1; Martin and Cundy 2018).
 */
public final class LinearRecurrence {
    private LinearRecurrence() {}

    /**
     * All steps of all sequences.
     *
     * <p>The number of threads and the other sequences change no bit of a sequence. A sequence that
     * is long and narrow is cut in time, so that its last bits differ from those of its steps one
     * by one.
     *
     * @param a [tokens, width]
     * @param b [tokens, width]
     * @param first the states before the first step, [batch, width]
     * @param layout which tokens belong to which sequence
     * @param backwards from the last token of each sequence to its first
     * @return h after each token, at the token's place: [tokens, width]
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static Tensor scan(Tensor a, Tensor b, Tensor first, Layout layout, boolean backwards) {
        check(a, b, first, layout);
        Scan.Order order = new Scan.Order(layout.offsets(), backwards);
        Tensor factors = a.contiguous();
        Tensor start = first.contiguous();
        Tensor h = Tensor.allocate(b.shape());
        Scan scan = Backends.current().scan();
        scan.linear(order, factors.view(), Views.contiguousView(b), start.view(), h.view());
        return Tape.fill(
                h,
                (dh, gradients) -> {
                    View da = gradients[0].view();
                    View db = gradients[1].view();
                    View dfirst = gradients[2].view();
                    View up = Views.contiguousView(dh);
                    scan.linearBackward(
                            order, factors.view(), h.view(), start.view(), up, da, db, dfirst);
                },
                factors,
                b,
                start);
    }

    private static void check(Tensor a, Tensor b, Tensor first, Layout layout) {
        boolean fits =
                a.rank() == 2
                        && a.dim(0) == layout.tokens()
                        && b.shape().equals(a.shape())
                        && first.shape().equals(Shape.of(layout.batch(), a.dim(1)));
        if (!fits) {
            throw new IllegalArgumentException(
                    ("scan: a %s, b %s, first state %s over %d tokens of %d sequences: expected a and"
                                    + " b [tokens, width], first state [sequences, width]")
                            .formatted(
                                    a.shape(),
                                    b.shape(),
                                    first.shape(),
                                    layout.tokens(),
                                    layout.batch()));
        }
    }
}
