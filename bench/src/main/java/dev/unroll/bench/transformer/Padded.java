package dev.unroll.bench.transformer;

import dev.unroll.bench.pytorch.PyTorch;
import dev.unroll.tensor.Layout;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Pairs as PyTorch takes them: rectangles, filled up behind the shorter sequences, and a mask that
 * hides the filling where it is looked at. What the decoder sees of itself needs none: it only
 * looks back.
 *
 * @param source [batch, time]
 * @param before [batch, time]
 * @param after [batch · time]; PyTorch's ignored target at the filling
 * @param hidden added to scores on the source, [batch, 1, 1, time]: 0, or −∞ at the filling; null
 *     where all are of one length
 */
record Padded(Tensor source, Tensor before, Tensor after, @Nullable Tensor hidden) {
    private static final int IGNORED = -100;

    static Padded of(Pairs pairs) {
        Layout read = pairs.source().layout();
        Layout written = pairs.before().layout();
        int batch = read.batch();
        int from = longest(read);
        int to = longest(written);
        return new Padded(
                PyTorch.indices(filled(pairs.source().ids(), read, from, 0), batch, from),
                PyTorch.indices(filled(pairs.before().ids(), written, to, 0), batch, to),
                PyTorch.indices(filled(pairs.after(), written, to, IGNORED), (long) batch * to),
                read.tokens() == batch * from ? null : hidden(read, from));
    }

    /** Longest source. */
    long from() {
        return source.size(1);
    }

    /** Longest target. */
    long to() {
        return before.size(1);
    }

    private static int longest(Layout layout) {
        return Arrays.stream(layout.lengths()).max().orElse(0);
    }

    private static int[] filled(int[] tokens, Layout layout, int time, int filling) {
        int[] all = new int[layout.batch() * time];
        Arrays.fill(all, filling);
        for (int s = 0; s < layout.batch(); s++) {
            System.arraycopy(tokens, layout.offsets()[s], all, s * time, layout.length(s));
        }
        return all;
    }

    private static Tensor hidden(Layout layout, int time) {
        float[] hidden = new float[layout.batch() * time];
        for (int s = 0; s < layout.batch(); s++) {
            int end = s * time + layout.length(s);
            Arrays.fill(hidden, end, (s + 1) * time, Float.NEGATIVE_INFINITY);
        }
        return PyTorch.tensor(hidden, layout.batch(), 1, 1, time);
    }
}
