package dev.unroll.train;

import dev.unroll.nn.Mode;
import dev.unroll.tensor.MemoryNeed;
import dev.unroll.tensor.Parameter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The memory that a training needs for numbers, found before its first step. The batches with the
 * most tokens are counted by {@link MemoryNeed}.
 *
 * @param lasting bytes of weights and of the optimiser's state
 * @param step bytes that the largest batch needs besides, for activations and gradients
 * @param tokens of that batch
 * @param leastStep bytes that the smallest batch needs besides
 * @param leastTokens of that batch
 */
public record TrainingMemory(long lasting, long step, int tokens, long leastStep, int leastTokens) {
    /**
     * Of the batches with the most tokens, so many are counted: where words are spelled, or
     * pictures have several sizes, batches of as many tokens differ by a third.
     */
    private static final int LARGEST = 32;

    /**
     * Counts what a training needs.
     *
     * @param labelSmoothing of its losses
     */
    public static <B> TrainingMemory of(
            Objective<B> objective, OptimiserState state, double labelSmoothing) {
        Mode mode = new Mode.Training(1, 1, labelSmoothing);
        Map<String, Parameter> parameters = objective.parameters();
        long lasting = bytes(parameters.values()) + bytes(state.tensors().values());
        List<B> bySize =
                objective.batches(0).stream()
                        .sorted(Comparator.comparingInt(objective::tokens))
                        .toList();
        if (bySize.isEmpty()) {
            return new TrainingMemory(lasting, 0, 0, 0, 0);
        }
        B least = bySize.getFirst();
        long leastStep = MemoryNeed.ofGradients(() -> objective.loss(least, mode));
        long step = 0;
        int tokens = 0;
        for (B batch : bySize.reversed().subList(0, Math.min(LARGEST, bySize.size()))) {
            long needed = MemoryNeed.ofGradients(() -> objective.loss(batch, mode));
            if (needed > step) {
                step = needed;
                tokens = objective.tokens(batch);
            }
        }
        return new TrainingMemory(lasting, step, tokens, leastStep, objective.tokens(least));
    }

    private static long bytes(Collection<Parameter> parameters) {
        return parameters.stream().mapToLong(parameter -> 4L * parameter.size()).sum();
    }

    /** Bytes at once in all. */
    public long bytes() {
        return lasting + step;
    }

    /**
     * By how much the largest batch must shrink to fit.
     *
     * @param bytes that there are for numbers
     * @return a share of the largest batch's tokens: 0 if no batch fits, 1 if this one does
     */
    public double shareWithin(long bytes) {
        if (bytes() <= bytes) {
            return 1;
        }
        double each =
                tokens > leastTokens
                        ? (step - leastStep) / (double) (tokens - leastTokens)
                        : step / (double) Math.max(1, tokens);
        double always = Math.max(0, step - each * tokens);
        double most = (bytes - lasting - always) / Math.max(each, 1e-9);
        return Math.max(0, Math.min(1, most / Math.max(1, tokens)));
    }
}
