package dev.unroll.lab.kit;

import dev.unroll.chart.Line;
import dev.unroll.decode.Greedy;
import dev.unroll.decode.Hypothesis;
import dev.unroll.lab.Trials;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.nn.recurrent.Gru;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * An encoder-decoder of two GRU layers that has learnt to rewrite texts.
 *
 * @param task what it has learnt
 * @param model the network
 */
public record Rewriter(Rewriting task, EncoderDecoder model) {

    /**
     * Trains a network on texts of all lengths up to one.
     *
     * @param attends whether the decoder attends to all states of the encoder, or knows the last
     *     one alone
     * @param hidden numbers in a state
     * @param longest length of a text in training, in tokens
     */
    public static Rewriter trained(
            Rewriting task, boolean attends, int hidden, int longest, int steps, Seed seed) {
        Optional<Alignment.Kind> alignment =
                attends ? Optional.of(Alignment.Kind.GENERAL) : Optional.empty();
        RecurrentShape shape = new RecurrentShape(32, hidden, 1, false, alignment, 0);
        EncoderDecoder model =
                EncoderDecoder.recurrent(
                        Gru::of, shape, task.read(), task.written() + 2, false, seed);
        Rewriter rewriter = new Rewriter(task, model);
        Random random = new Random(seed.key());
        Fit.of(steps, 5e-3)
                .train(
                        model,
                        step -> {
                            int[] lengths =
                                    random.ints(32, 0, longest / 3).map(n -> 3 * n + 3).toArray();
                            Rewriting.Batch batch = task.batch(lengths, random);
                            return model.loss(
                                    batch.source(),
                                    batch.target().startingWith(rewriter.start()),
                                    batch.target().endingWith(rewriter.end()).ids(),
                                    Mode.INFERENCE);
                        });
        return rewriter;
    }

    private int start() {
        return task.written();
    }

    private int end() {
        return task.written() + 1;
    }

    /**
     * {@return the share of tokens, in %, that are right at their places in texts of a length which
     * the network writes by itself}
     */
    public double accuracy(int length, int texts, Seed seed) {
        int[] lengths = new int[texts];
        Arrays.fill(lengths, length);
        Rewriting.Batch batch = task.batch(lengths, new Random(seed.at("test").key()));
        List<List<Hypothesis>> said =
                new Greedy().search(model.decode(batch.source()), start(), end(), lengths);
        int right = 0;
        for (int s = 0; s < texts; s++) {
            int[] answer = said.get(s).getFirst().tokens();
            int[] target = batch.target().sequence(s);
            for (int t = 0; t < Math.min(length, answer.length); t++) {
                right += answer[t] == target[t] ? 1 : 0;
            }
        }
        return 100.0 * right / (texts * length);
    }

    /**
     * {@return a line of {@link #accuracy} by length} One network a seed is trained, on texts of
     * all lengths up to the last; it reads and writes all of them.
     *
     * @param lengths of texts, in tokens
     */
    public static Line byLength(
            String label,
            Rewriting task,
            boolean attends,
            int hidden,
            int[] lengths,
            Trials trials) {
        int longest = lengths[lengths.length - 1];
        int steps = trials.pick(600, 300);
        var learnt = Trials.once(seed -> trained(task, attends, hidden, longest, steps, seed));
        return trials.line(label, lengths, (n, seed) -> learnt.apply(seed).accuracy(n, 200, seed));
    }
}
