package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Multi-query associative recall (Arora et al. 2023, "Zoology", section 3.2 and appendix E.1):
 * pairs of a key and a value, then each key once more, and right after it the value of its pair is
 * asked for.
 *
 * <pre>
 *   reads     2 8 4 7 0 0 4 0 0 0 0 0 2 0 0 0
 *   is asked              7           8
 * </pre>
 *
 * <p>Keys are the tokens from 1 to below the half of the vocabulary, values those of the upper
 * half, and 0 fills the rest. In a sequence no key and no value occurs twice. The keys stand again
 * at every second place behind the pairs, the i-th such place, from 1, with a weight of i^(a − 1)
 * where a is {@value #POWER}: most soon after the pairs, some much later.
 *
 * @param vocabulary the number of tokens, even
 * @param length of a sequence, even
 * @param pairs at most a quarter of the length
 */
public record AssociativeRecall(int vocabulary, int length, int pairs) implements Remembered {

    private static final double POWER = 0.01;

    public AssociativeRecall {
        if (pairs < 1 || 4 * pairs > length || length % 2 != 0) {
            throw new IllegalArgumentException(
                    "recall of %d pairs takes an even length of at least %d, not %d"
                            .formatted(pairs, 4 * pairs, length));
        }
        if (vocabulary % 2 != 0 || vocabulary / 2 - 1 < pairs) {
            throw new IllegalArgumentException(
                    "recall of %d pairs takes an even vocabulary of at least %d tokens, not %d"
                            .formatted(pairs, 2 * (pairs + 1), vocabulary));
        }
    }

    @Override
    public Example example(Seed seed) {
        Random random = new Random(seed.key());
        int half = vocabulary / 2;
        List<Integer> keys = different(pairs, 1, half, random);
        List<Integer> values = different(pairs, half, vocabulary, random);
        List<Integer> slots = slots(random);
        int[] ids = new int[length];
        int[] places = new int[pairs];
        int[] answers = new int[pairs];
        int[] sources = new int[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            ids[2 * pair] = keys.get(pair);
            ids[2 * pair + 1] = values.get(pair);
            places[pair] = 2 * pairs + 2 * slots.get(pair);
            ids[places[pair]] = keys.get(pair);
            answers[pair] = values.get(pair);
            sources[pair] = 2 * pair + 1;
        }
        return new Example(ids, places, answers, sources);
    }

    /** Different numbers in [from, to), in the order in which they were drawn. */
    private static List<Integer> different(int count, int from, int to, Random random) {
        Set<Integer> met = new HashSet<>();
        List<Integer> drawn = new ArrayList<>();
        while (drawn.size() < count) {
            int number = from + random.nextInt(to - from);
            if (met.add(number)) {
                drawn.add(number);
            }
        }
        return drawn;
    }

    /** A place for each pair's question, by the power law and without repetition. */
    private List<Integer> slots(Random random) {
        double[] weights = new double[(length - 2 * pairs) / 2];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.pow(i + 1, POWER - 1);
        }
        List<Integer> drawn = new ArrayList<>();
        while (drawn.size() < pairs) {
            double left = random.nextDouble();
            double sum = 0;
            for (double weight : weights) {
                sum += weight;
            }
            int slot = -1;
            for (int i = 0; i < weights.length && (slot < 0 || left > 0); i++) {
                if (weights[i] > 0) {
                    left -= weights[i] / sum;
                    slot = i;
                }
            }
            weights[slot] = 0;
            drawn.add(slot);
        }
        return drawn;
    }
}
