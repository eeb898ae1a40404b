package dev.unroll.tasks.pairs;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledPair;
import dev.unroll.data.Splits;
import dev.unroll.data.TextPair;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.sets.LabelledPairSet;
import dev.unroll.data.table.Table;
import dev.unroll.tasks.model.TextPairSplits;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.regression.FiniteNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pairs of texts that a recipe names. */
final class PairExamples {
    private PairExamples() {}

    /**
     * The data of a recipe.
     *
     * @param files finds or fetches the files of published sets
     * @throws IOException if a file cannot be had, or is malformed
     */
    static Corpus<PairExample> of(PairData data, long seed, DataFiles files) throws IOException {
        return data.own() ? own(data, seed) : published(data, seed, files);
    }

    private static Corpus<PairExample> published(PairData data, long seed, DataFiles files)
            throws IOException {
        LabelledPairSet set = data.published(LabelledPairSet.class);
        Splits<LabelledPair> parts = set.pairs(files);
        List<PairExample> training = examples(parts.train());
        List<PairExample> validation = examples(parts.validation());
        if (validation.isEmpty()) {
            Splits<PairExample> drawn =
                    TextPairSplits.of(
                                    set.name(),
                                    training,
                                    PairExample::texts,
                                    new TextPairSplits.Shares(data.validation(), 0),
                                    seed)
                            .splits();
            training = drawn.train();
            validation = drawn.validation();
        }
        return classified(
                new Corpus<>(set.name(), training, validation, examples(parts.test())),
                set.labels());
    }

    private static List<PairExample> examples(List<LabelledPair> pairs) {
        return pairs.stream().map(PairExample::of).toList();
    }

    private static Corpus<PairExample> own(PairData data, long seed) throws IOException {
        PairData.Files files = data.files();
        if (files.file().isEmpty()) {
            throw new RecipeException(
                    "'data.file' is missing: name your own file, or a set in 'data.set'");
        }
        Table table = table(files.file(), files);
        List<PairExample> all = examples(table, files);
        List<String> classes = classes(all);
        if (!files.haveValues() && classes.size() < 2) {
            throw new RecipeException(
                    "%s: %d pairs of the classes %s: there must be at least two classes"
                            .formatted(files.file(), all.size(), classes));
        }
        boolean other = !files.testFile().isEmpty();
        TextPairSplits.Drawn<PairExample> drawn =
                TextPairSplits.of(
                        files.file(),
                        all,
                        PairExample::texts,
                        new TextPairSplits.Shares(data.validation(), other ? 0 : data.test()),
                        seed);
        List<String> remarks = new ArrayList<>(table.remarks());
        remarks.addAll(drawn.remarks());
        Splits<PairExample> parts = drawn.splits();
        List<PairExample> test = parts.test();
        if (other) {
            Table tests = table(files.testFile(), files);
            if (!files.haveValues()) {
                tests = known(tests, classes);
            }
            test = examples(tests, files);
            remarks.addAll(tests.remarks());
        }
        Corpus<PairExample> corpus =
                new Corpus<>(files.file(), parts.train(), parts.validation(), test)
                        .remarking(remarks);
        return files.haveValues() ? corpus : classified(corpus, classes);
    }

    private static Corpus<PairExample> classified(
            Corpus<PairExample> corpus, List<String> classes) {
        return corpus.labelled(classes).remarkingUntaught(pair -> List.of(pair.label()));
    }

    /** Without rows whose value is no number, where values are learnt. */
    private static Table table(String file, PairData.Files files) throws IOException {
        String target = files.haveValues() ? files.target() : files.label();
        Table table = Table.read(Path.of(file), List.of(target, files.first(), files.second()));
        return files.haveValues() ? FiniteNumber.only(table, 0) : table;
    }

    private static List<PairExample> examples(Table table, PairData.Files files) {
        return table.rows().stream()
                .map(
                        row ->
                                new PairExample(
                                        new TextPair(row.value(1), row.value(2)),
                                        files.haveValues()
                                                ? new PairExample.Value(
                                                        FiniteNumber.of(row.value(0)))
                                                : new PairExample.Label(row.value(0).strip())))
                .toList();
    }

    /** Without rows of classes that cannot be learnt. */
    private static Table known(Table test, List<String> classes) throws IOException {
        List<Table.Problem> strange = new ArrayList<>();
        for (Table.Row row : test.rows()) {
            if (!classes.contains(row.value(0).strip())) {
                strange.add(row.problem("no training pair is of '" + row.value(0) + "'"));
            }
        }
        return test.without(strange, Table.TOLERANCE);
    }

    private static List<String> classes(List<PairExample> pairs) {
        return pairs.stream().map(pair -> pair.target().text()).distinct().sorted().toList();
    }
}
