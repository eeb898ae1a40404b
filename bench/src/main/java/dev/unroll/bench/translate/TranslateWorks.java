package dev.unroll.bench.translate;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.Setting;
import dev.unroll.bench.Work;
import dev.unroll.bench.transformer.Lazy;
import dev.unroll.bench.transformer.PyTorchEncoderDecoder;
import dev.unroll.decode.Beam;
import dev.unroll.decode.Greedy;
import dev.unroll.decode.Hypothesis;
import dev.unroll.decode.Search;
import dev.unroll.tasks.translation.Translator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;

/**
 * Translating sentences, many at a time and one at a time. With {@code --run} a trained model
 * translates a sample of Multi30k's test set; without, one with random weights writes random tokens
 * of a fixed number, and the works are named so.
 */
public final class TranslateWorks {
    private static final int BATCH = 32;

    private TranslateWorks() {}

    /** All of them. */
    public static List<Work> all(Setting setting) {
        var run = setting.run();
        Lazy<Subject> subject = new Lazy<>(() -> run == null ? Subject.random() : Subject.of(run));
        String kind = run == null ? "translate-random-weights" : "translate";
        List<Work> works = new ArrayList<>();
        for (Search search : List.of(new Greedy(), new Beam(5, 1.0, 1))) {
            String how = search instanceof Greedy ? "-greedy" : "-beam5";
            works.add(work(kind + how + "-batches-of-32", subject, search, 96, 96));
            works.add(work(kind + how + "-one-by-one", subject, search, 20, 1));
        }
        return works;
    }

    private static Work work(
            String name, Supplier<Subject> subject, Search search, int sentences, int atATime) {
        Agreement agreement = new Agreement(name);
        return Work.pytorch(
                name,
                "sentences/s",
                sentences,
                () -> ours(subject.get().first(sentences), search, atATime, name, agreement),
                () -> theirs(subject.get().first(sentences), search, atATime, name, agreement));
    }

    private static Contestant ours(
            Subject subject, Search search, int atATime, String name, Agreement agreement) {
        Translator translator =
                new Translator(subject.tokenizer(), subject.model(), subject.decoding());
        return new Translating(
                name + ", unroll",
                subject.sources(),
                atATime,
                agreement,
                sources ->
                        translator.hypotheses(sources, search).stream()
                                .map(List::getFirst)
                                .toList());
    }

    private static Contestant theirs(
            Subject subject, Search search, int atATime, String name, Agreement agreement) {
        PyTorchEncoderDecoder network =
                new PyTorchEncoderDecoder(
                        subject.model(),
                        0,
                        subject.sources().stream()
                                .mapToInt(
                                        s -> Math.max(s.length, subject.decoding().limit(s.length)))
                                .max()
                                .orElse(1));
        Translating side =
                new Translating(
                        name + ", pytorch",
                        subject.sources(),
                        atATime,
                        agreement,
                        sources -> translated(network, subject, search, sources));
        return new Contestant() {
            @Override
            public double run() {
                return side.run();
            }

            @Override
            public void threads(int threads) {
                torch.set_num_threads(threads);
                side.threads(threads);
            }

            @Override
            public void close() {
                side.close();
            }
        };
    }

    /** In batches of sentences of like length, as ours. */
    private static List<Hypothesis> translated(
            PyTorchEncoderDecoder network, Subject subject, Search search, List<int[]> sources) {
        int[] order =
                IntStream.range(0, sources.size())
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> -sources.get(i).length))
                        .mapToInt(Integer::intValue)
                        .toArray();
        Hypothesis[] answers = new Hypothesis[order.length];
        for (int from = 0; from < order.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH));
            List<int[]> some = IntStream.of(batch).mapToObj(sources::get).toList();
            try (PointerScope scope = new PointerScope();
                    NoGradGuard inference = new NoGradGuard()) {
                List<List<Hypothesis>> found =
                        search.search(
                                new PyTorchNextToken(network, some),
                                subject.tokenizer().vocabulary().start(),
                                subject.tokenizer().vocabulary().end(),
                                subject.limits(some));
                for (int i = 0; i < batch.length; i++) {
                    answers[batch[i]] = found.get(i).getFirst();
                }
            }
        }
        return List.of(answers);
    }
}
