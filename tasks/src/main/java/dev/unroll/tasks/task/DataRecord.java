package dev.unroll.tasks.task;

import dev.unroll.data.Corpus;
import dev.unroll.formats.files.Utf8;
import dev.unroll.formats.files.WholeFile;
import dev.unroll.tasks.run.Manifest;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The data that a run was trained on, as {@code data.json} in its folder has them: how many
 * examples, their checksum, and which part each of them belongs to. When the data change, examples
 * that were learnt from stay in the training set, and so a test never measures what was learnt.
 *
 * @param name of the data, for people
 * @param examples how many there were, in all parts
 * @param checksum SHA-256 of the examples' digests in sorted order, in hexadecimal digits
 * @param training a digest of each example of the training set
 * @param validation of the validation set
 * @param tests of each test part, by its name
 */
record DataRecord(
        String name,
        int examples,
        String checksum,
        List<String> training,
        List<String> validation,
        Map<String, List<String>> tests) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int DIGEST_BYTES = 8;

    DataRecord {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        tests = new LinkedHashMap<>(tests);
    }

    /** The sets that an example may be in. */
    private sealed interface Part {
        record Training() implements Part {}

        record Validation() implements Part {}

        record Test(String name) implements Part {}
    }

    private static final Part TRAINING = new Part.Training();
    private static final Part VALIDATION = new Part.Validation();

    /**
     * Records some data.
     *
     * @param identity tells an example apart from all others
     */
    static <E> DataRecord of(Corpus<E> corpus, Function<E, String> identity) {
        Map<String, List<String>> tests = new LinkedHashMap<>();
        corpus.tests().forEach((test, some) -> tests.put(test, digests(some, identity)));
        List<String> training = digests(corpus.train(), identity);
        List<String> validation = digests(corpus.validation(), identity);
        List<String> all =
                Stream.of(
                                training.stream(),
                                validation.stream(),
                                tests.values().stream().flatMap(List::stream))
                        .flatMap(some -> some)
                        .sorted()
                        .toList();
        String checksum =
                HexFormat.of()
                        .formatHex(
                                sha256().digest(
                                                String.join("\n", all)
                                                        .getBytes(StandardCharsets.UTF_8)));
        return new DataRecord(corpus.name(), all.size(), checksum, training, validation, tests);
    }

    /**
     * The record in a run's folder; none in runs of before there were records.
     *
     * @throws RunException if it is damaged
     */
    static Optional<DataRecord> read(RunFolder run) throws IOException {
        if (!Files.isRegularFile(run.data())) {
            Manifest.require(run, run.data());
            return Optional.empty();
        }
        try {
            Manifest.require(run, run.data());
            return Optional.of(JSON.readValue(Utf8.read(run.data()), DataRecord.class));
        } catch (JacksonException | NullPointerException e) {
            RunException damage =
                    new RunException(
                            run.data()
                                    + " is damaged: the run does not know which examples it"
                                    + " learnt from; train the run again");
            damage.initCause(e);
            throw damage;
        }
    }

    /** Writes the record into a run's folder, whose manifest knows another until it is written. */
    void write(RunFolder run) throws IOException {
        Manifest.remove(run);
        WholeFile.write(run.data(), JSON.writeValueAsString(this) + "\n");
    }

    /**
     * The data as they are now, with each example in the part that it had: an example that was
     * learnt from stays in the training set, however the parts are drawn now. Of examples that are
     * new, copies of one that was learnt from are in the training set, too, and the others where
     * they were drawn.
     *
     * @param identity tells an example apart from all others
     * @return the corpus itself if no example has changed, else one with a remark that says so
     */
    <E> Corpus<E> keep(Corpus<E> now, Function<E, String> identity) {
        DataRecord drawn = of(now, identity);
        if (drawn.sameParts(this)) {
            return now;
        }
        Known known = new Known(this);
        List<E> train = new ArrayList<>();
        List<E> validation = new ArrayList<>();
        Map<String, List<E>> tests = new LinkedHashMap<>();
        now.tests().keySet().forEach(test -> tests.put(test, new ArrayList<>()));
        int added = 0;
        for (Drawn<E> one : drawn.all(now)) {
            Optional<Part> before = known.next(one.digest());
            added += before.isEmpty() ? 1 : 0;
            switch (before.orElseGet(() -> known.learnt(one.digest()) ? TRAINING : one.part())) {
                case Part.Training _ -> train.add(one.example());
                case Part.Validation _ -> validation.add(one.example());
                case Part.Test(String test) ->
                        tests.computeIfAbsent(test, _ -> new ArrayList<>()).add(one.example());
            }
        }
        String remark =
                "%s: the data have changed since the run was trained: %,d examples now, %,d then; %s"
                        .formatted(
                                now.name(),
                                drawn.examples(),
                                examples,
                                added == drawn.examples()
                                        ? "none is as it was, so it is not known which of them are"
                                                + " like those that were learnt from"
                                        : "%,d are new, and what was learnt from stays in the training set"
                                                .formatted(added));
        return new Corpus<>(now.name(), now.labels(), train, validation, tests, now.remarks())
                .remarking(List.of(remark));
    }

    private boolean sameParts(DataRecord other) {
        return training.equals(other.training)
                && validation.equals(other.validation)
                && tests.equals(other.tests);
    }

    private record Drawn<E>(E example, String digest, Part part) {}

    private <E> List<Drawn<E>> all(Corpus<E> corpus) {
        List<Drawn<E>> all = new ArrayList<>();
        add(all, corpus.train(), training, TRAINING);
        add(all, corpus.validation(), validation, VALIDATION);
        corpus.tests()
                .forEach(
                        (test, some) ->
                                add(
                                        all,
                                        some,
                                        tests.getOrDefault(test, List.of()),
                                        new Part.Test(test)));
        return all;
    }

    private static <E> void add(
            List<Drawn<E>> all, List<E> examples, List<String> digests, Part part) {
        for (int i = 0; i < examples.size(); i++) {
            all.add(new Drawn<>(examples.get(i), digests.get(i), part));
        }
    }

    /** The parts of examples that are known, one for each copy of an example. */
    private static final class Known {
        private final Map<String, List<Part>> parts = new HashMap<>();
        private final Map<String, Integer> met = new HashMap<>();

        Known(DataRecord record) {
            record.training().forEach(digest -> add(digest, TRAINING));
            record.validation().forEach(digest -> add(digest, VALIDATION));
            record.tests()
                    .forEach(
                            (test, some) ->
                                    some.forEach(digest -> add(digest, new Part.Test(test))));
        }

        private void add(String digest, Part part) {
            parts.computeIfAbsent(digest, _ -> new ArrayList<>(1)).add(part);
        }

        /** The part of the next copy of an example; none of a copy more than there were. */
        Optional<Part> next(String digest) {
            int copy = met.merge(digest, 1, Integer::sum) - 1;
            List<Part> all = parts.getOrDefault(digest, List.of());
            return copy < all.size() ? Optional.of(all.get(copy)) : Optional.empty();
        }

        boolean learnt(String digest) {
            return parts.getOrDefault(digest, List.of()).contains(TRAINING);
        }
    }

    private static <E> List<String> digests(List<E> examples, Function<E, String> identity) {
        MessageDigest sha256 = sha256();
        HexFormat hex = HexFormat.of();
        return examples.stream()
                .map(
                        example ->
                                hex.formatHex(
                                        Arrays.copyOf(
                                                sha256.digest(
                                                        identity.apply(example)
                                                                .getBytes(StandardCharsets.UTF_8)),
                                                DIGEST_BYTES)))
                .toList();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
