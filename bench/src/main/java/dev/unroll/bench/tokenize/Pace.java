package dev.unroll.bench.tokenize;

import dev.unroll.text.pipeline.CharacterKinds;
import dev.unroll.text.pipeline.TextPipeline;
import java.util.Arrays;
import java.util.List;

/** The speed of both on one thread, by turns. */
final class Pace {

    private static final int ROUNDS = 5;
    private static final int LINES = 4000;

    private Pace() {}

    static String of(TextPipeline ours, Oracle theirs, List<String> lines) {
        int step = Math.max(1, lines.size() / LINES);
        List<String> some =
                java.util.stream.IntStream.iterate(0, i -> i < lines.size(), i -> i + step)
                        .mapToObj(i -> CharacterKinds.withoutHalves(lines.get(i)))
                        .toList();
        double[] our = new double[ROUNDS];
        double[] their = new double[ROUNDS];
        long characters = some.stream().mapToLong(String::length).sum();
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            for (String line : some) {
                ours.encode(line);
            }
            long middle = System.nanoTime();
            for (String line : some) {
                theirs.encode(line);
            }
            our[round] = (middle - begin) / 1e9;
            their[round] = (System.nanoTime() - middle) / 1e9;
        }
        double a = median(our);
        double b = median(their);
        return "%.2f and %.2f million characters/s | %.2f"
                .formatted(characters / a / 1e6, characters / b / 1e6, b / a);
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
