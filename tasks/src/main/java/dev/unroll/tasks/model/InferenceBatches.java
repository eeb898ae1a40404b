package dev.unroll.tasks.model;

import dev.unroll.backend.Backend;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.train.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Batches of inputs that a network answers together. The answers come back in the order of the
 * inputs, and the memory of a batch is given back as soon as its answers are there.
 */
public final class InferenceBatches {
    private final List<int[]> batches;

    private InferenceBatches(List<int[]> batches) {
        this.batches = batches;
    }

    /**
     * {@return batches of inputs of like length}
     *
     * @param lengths tokens of each input
     * @param budget the most tokens in a batch; a longer input is a batch of its own
     */
    public static InferenceBatches byTokens(int[] lengths, int budget) {
        return new InferenceBatches(List.of(Batches.epoch(lengths, budget, 0, 0)));
    }

    /**
     * {@return batches of as many inputs each, the longest first; inputs of one length keep their
     * order}
     *
     * @param lengths tokens of each input
     * @param size the most inputs in a batch
     */
    public static InferenceBatches longestFirst(int[] lengths, int size) {
        int[] order =
                IntStream.range(0, lengths.length)
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> -lengths[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < order.length; from += size) {
            batches.add(Arrays.copyOfRange(order, from, Math.min(order.length, from + size)));
        }
        return new InferenceBatches(batches);
    }

    /**
     * {@return an answer for each input, in the order of the inputs}
     *
     * @param inputs as many as there were lengths
     * @param network gives the answers of a batch
     */
    public <I, O> List<O> run(List<I> inputs, Function<List<I>, List<O>> network) {
        List<List<O>> answers = new ArrayList<>();
        for (int[] batch : batches) {
            answers.add(answer(batch, inputs, network));
        }
        return inOrder(answers);
    }

    /** Runs the batches side by side on the backend's threads, otherwise as {@link #run}. */
    public <I, O> List<O> runSideBySide(
            Backend backend, List<I> inputs, Function<List<I>, List<O>> network) {
        List<List<O>> answers = new ArrayList<>(Collections.nCopies(batches.size(), List.of()));
        backend.sideBySide(
                batches.size(), b -> answers.set(b, answer(batches.get(b), inputs, network)));
        return inOrder(answers);
    }

    private static <I, O> List<O> answer(
            int[] batch, List<I> inputs, Function<List<I>, List<O>> network) {
        List<I> some = Arrays.stream(batch).mapToObj(inputs::get).toList();
        return MemoryScope.run(() -> network.apply(some));
    }

    private <O> List<O> inOrder(List<List<O>> answers) {
        List<O> all = answers.stream().flatMap(List::stream).toList();
        int[] order = batches.stream().flatMapToInt(Arrays::stream).toArray();
        int[] places = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            places[order[i]] = i;
        }
        return Arrays.stream(places).mapToObj(all::get).toList();
    }
}
