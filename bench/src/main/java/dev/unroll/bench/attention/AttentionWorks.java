package dev.unroll.bench.attention;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.Pace;
import dev.unroll.bench.Work;
import dev.unroll.nn.recurrent.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One sequence of growing length, {@value Rows#HEADS} heads of width {@value Rows#HEAD}: attention
 * forwards and backwards, and one token more after another at a context of that length. PyTorch's
 * side is dense attention, or dense attention with a mask of all pairs where ours is sparse; beside
 * linear attention and recurrences, which give other numbers, it is causal attention.
 */
public final class AttentionWorks {
    private static final List<Integer> LENGTHS = List.of(512, 1024, 2048, 4096, 8192, 16384);

    private static final Pace PACE = new Pace(0.2, 1);

    private AttentionWorks() {}

    /** All of them. */
    public static List<Work> all() {
        List<Work> works = new ArrayList<>();
        for (int n : LENGTHS) {
            for (Pattern pattern : Pattern.values()) {
                works.add(
                        work(
                                "train",
                                pattern.word(),
                                n,
                                n,
                                () -> new UnrollAttention(pattern, n),
                                () -> new PyTorchAttention(pattern, n, true)));
            }
            works.add(other("linear", n, () -> UnrollLinear.training(n)));
            for (String kind : List.of("lstm", "mingru")) {
                if (Cells.names().contains(kind)) {
                    works.add(other(kind, n, () -> UnrollCell.training(kind, n)));
                }
            }
        }
        for (int n : LENGTHS) {
            for (Pattern pattern : Pattern.values()) {
                if (!pattern.looksAhead()) {
                    works.add(decoding(pattern.word(), n, () -> new UnrollDecoding(pattern, n)));
                }
            }
            works.add(decoding("linear", n, () -> UnrollLinear.decoding(n)));
            for (String kind : List.of("lstm", "mingru")) {
                if (Cells.names().contains(kind)) {
                    works.add(decoding(kind, n, () -> UnrollCell.decoding(kind)));
                }
            }
        }
        return works;
    }

    private static Work other(String kind, int length, Supplier<Contestant> ours) {
        return work(
                "train",
                kind,
                length,
                length,
                ours,
                () -> new PyTorchAttention(Pattern.CAUSAL, length, false));
    }

    private static Work decoding(String kind, int length, Supplier<Contestant> ours) {
        return work(
                "decode",
                kind,
                length,
                UnrollDecoding.TOKENS,
                ours,
                () -> new PyTorchDecoding(length, kind.equals(Pattern.CAUSAL.word())));
    }

    private static Work work(
            String what,
            String kind,
            int length,
            int tokens,
            Supplier<? extends Contestant> ours,
            Supplier<? extends Contestant> theirs) {
        return new Work(
                "attention-%s-%s-%d".formatted(what, kind, length),
                "pytorch",
                "tokens/s",
                tokens,
                ours,
                theirs,
                List.of(1, 2),
                1e-3,
                PACE);
    }
}
