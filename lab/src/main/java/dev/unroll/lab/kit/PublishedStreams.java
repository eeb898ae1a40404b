package dev.unroll.lab.kit;

import dev.unroll.data.Splits;
import dev.unroll.data.TaggedSentence;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.data.sets.GesturePhases;
import dev.unroll.data.sets.LabelledVideoSet.Recording;
import dev.unroll.data.sets.TinyShakespeare;
import dev.unroll.data.sets.UdEnglishEwt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Streams of published data sets, which are fetched if they are not at hand. Sentences and
 * recordings follow each other without a gap.
 */
public final class PublishedStreams {
    /** Words that are told apart: the most frequent ones. */
    private static final int WORDS = 1000;

    private PublishedStreams() {}

    /**
     * {@return the labelling of words, characters and frames}
     *
     * @throws IOException if one of the sets cannot be had
     */
    public static List<LabelTask> all() throws IOException {
        return List.of(tags(), characters(), gestures());
    }

    /**
     * {@return words of UD English EWT with their tags; its validation set is held out}
     *
     * @throws IOException if the set cannot be had
     */
    public static LabelTask tags() throws IOException {
        Splits<TaggedSentence> splits = new UdEnglishEwt().load(files());
        List<String> words = all(splits.train(), TaggedSentence::words);
        List<String> tags = all(splits.train(), TaggedSentence::tags);
        Map<String, Integer> number = new HashMap<>();
        words.stream()
                .collect(Collectors.groupingBy(w -> w, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(WORDS - 1)
                .forEach(e -> number.put(e.getKey(), number.size() + 1));
        List<String> kinds = tags.stream().distinct().sorted().toList();
        Function<List<TaggedSentence>, LabelledStream> stream =
                sentences ->
                        LabelledStream.ofSymbols(
                                all(sentences, TaggedSentence::words).stream()
                                        .mapToInt(w -> number.getOrDefault(w, 0))
                                        .toArray(),
                                WORDS,
                                kinds.size(),
                                all(sentences, TaggedSentence::tags).stream()
                                        .mapToInt(kinds::indexOf)
                                        .toArray());
        return new LabelTask(
                "UD English tags", stream.apply(splits.train()), stream.apply(splits.validation()));
    }

    private static List<String> all(
            List<TaggedSentence> sentences, Function<TaggedSentence, List<String>> part) {
        return sentences.stream().flatMap(s -> part.apply(s).stream()).toList();
    }

    /**
     * {@return characters of Tiny Shakespeare, labelled with the next one; the last tenth is held
     * out}
     *
     * @throws IOException if the set cannot be had
     */
    public static LabelTask characters() throws IOException {
        Splits<String> splits = new TinyShakespeare().load(files());
        String training = splits.train().getFirst();
        String heldOut = splits.validation().getFirst();
        int[] letters = (training + heldOut).chars().distinct().sorted().toArray();
        return new LabelTask("Tiny Shakespeare", next(training, letters), next(heldOut, letters));
    }

    private static LabelledStream next(String text, int[] letters) {
        int[] ids = text.chars().map(c -> Arrays.binarySearch(letters, c)).toArray();
        return LabelledStream.ofSymbols(
                Arrays.copyOf(ids, ids.length - 1),
                letters.length,
                letters.length,
                Arrays.copyOfRange(ids, 1, ids.length));
    }

    /**
     * {@return frames of gesture phases, joints in units of their recording's own spread; the last
     * person is held out}
     *
     * @throws IOException if the set cannot be had
     */
    public static LabelTask gestures() throws IOException {
        GesturePhases set = new GesturePhases();
        Map<Boolean, List<Recording>> byPerson =
                set.recordings(files()).stream()
                        .collect(
                                Collectors.partitioningBy(
                                        r -> r.group().equals(set.groups().getLast())));
        return new LabelTask(
                "gesture phases",
                frames(byPerson.getOrDefault(false, List.of()), set.labels()),
                frames(byPerson.getOrDefault(true, List.of()), set.labels()));
    }

    private static LabelledStream frames(List<Recording> recordings, List<String> labels) {
        List<float[]> rows = new ArrayList<>();
        recordings.forEach(r -> rows.addAll(Arrays.asList(standardised(r.rows()))));
        int[] phases =
                recordings.stream()
                        .flatMap(r -> r.labels().stream())
                        .mapToInt(labels::indexOf)
                        .toArray();
        return new LabelledStream(rows.getFirst().length, labels.size(), rows::get, phases);
    }

    /** Each column with mean 0 and variance 1. */
    private static float[][] standardised(float[][] rows) {
        float[][] out = new float[rows.length][rows[0].length];
        for (int c = 0; c < rows[0].length; c++) {
            int column = c;
            double mean = Arrays.stream(rows).mapToDouble(r -> r[column]).average().orElseThrow();
            double variance =
                    Arrays.stream(rows)
                            .mapToDouble(r -> Math.pow(r[column] - mean, 2))
                            .average()
                            .orElseThrow();
            for (int t = 0; t < rows.length; t++) {
                out[t][c] = (float) ((rows[t][c] - mean) / Math.sqrt(variance + 1e-9));
            }
        }
        return out;
    }

    private static DataFiles files() {
        return DataFiles.standard(ProgressListener.SILENT);
    }
}
