package dev.unroll.watch;

import java.util.List;

/**
 * The result of an observed pass.
 *
 * @param diagnosis the numbers
 * @param attention maps of each head, for the first sequence of the batch
 * @param histograms of weights and gradients; none unless they were asked for
 */
public record Observed(
        Diagnosis diagnosis, List<AttentionMap> attention, List<Histogram> histograms) {
    public Observed {
        attention = List.copyOf(attention);
        histograms = List.copyOf(histograms);
    }
}
