package dev.unroll.bench.translate;

import dev.unroll.bench.Contestant;
import dev.unroll.decode.Hypothesis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One side of a work: all sentences once, so many given at a time. The number to agree on is the
 * sum of the scores of the best hypotheses.
 */
final class Translating implements Contestant {
    /** First runs whose latencies do not count. */
    private static final int COLD = 3;

    private final String name;
    private final List<int[]> sources;
    private final int atATime;
    private final Function<List<int[]>, List<Hypothesis>> translate;
    private final Agreement agreement;
    private final Map<String, List<Double>> milliseconds = new TreeMap<>();
    private String setting = "";
    private int runs;

    /**
     * @param name for people
     * @param atATime sentences given together
     * @param translate the best hypothesis for each source
     */
    Translating(
            String name,
            List<int[]> sources,
            int atATime,
            Agreement agreement,
            Function<List<int[]>, List<Hypothesis>> translate) {
        this.name = name;
        this.sources = sources;
        this.atATime = atATime;
        this.agreement = agreement;
        this.translate = translate;
    }

    @Override
    public double run() {
        List<Hypothesis> answers = new ArrayList<>();
        for (int from = 0; from < sources.size(); from += atATime) {
            long start = System.nanoTime();
            answers.addAll(
                    translate.apply(
                            sources.subList(from, Math.min(sources.size(), from + atATime))));
            if (runs >= COLD) {
                milliseconds
                        .computeIfAbsent(setting, s -> new ArrayList<>())
                        .add((System.nanoTime() - start) * 1e-6);
            }
        }
        runs++;
        agreement.wrote(answers);
        return answers.stream().mapToDouble(Hypothesis::score).sum();
    }

    @Override
    public void threads(int threads) {
        setting = threads == 1 ? " on 1 thread" : " on %d threads".formatted(threads);
    }

    @Override
    public void close() {
        if (atATime > 1) {
            return;
        }
        milliseconds.forEach(
                (where, all) -> {
                    Collections.sort(all);
                    System.err.printf(
                            Locale.ROOT,
                            "%s%s: a sentence takes %.2f ms (median), %.2f ms (99th percentile of"
                                    + " %d)%n",
                            name,
                            where,
                            all.get(all.size() / 2),
                            all.get((int) (0.99 * all.size())),
                            all.size());
                });
    }
}
