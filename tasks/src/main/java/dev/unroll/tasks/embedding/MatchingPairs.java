package dev.unroll.tasks.embedding;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledPair;
import dev.unroll.data.Splits;
import dev.unroll.data.TextPair;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.sets.LabelledPairSet;
import dev.unroll.data.table.Table;
import dev.unroll.tasks.model.TextPairSplits;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pairs of texts that belong together which a recipe names. */
final class MatchingPairs {
    private MatchingPairs() {}

    /**
     * The data of a recipe.
     *
     * @param files finds or fetches the files of published sets
     * @throws IOException if a file cannot be had, or is malformed
     */
    static Corpus<MatchingTexts> of(EmbeddingData data, long seed, DataFiles files)
            throws IOException {
        return data.own() ? own(data, seed) : published(data, seed, files);
    }

    private static Corpus<MatchingTexts> published(EmbeddingData data, long seed, DataFiles files)
            throws IOException {
        LabelledPairSet set = data.published(LabelledPairSet.class);
        Splits<LabelledPair> parts = set.pairs(files);
        List<MatchingTexts> training = matching(set, parts.train());
        List<MatchingTexts> validation = matching(set, parts.validation());
        if (validation.isEmpty()) {
            Splits<MatchingTexts> drawn =
                    drawn(set.name(), training, data.validation(), 0, seed).splits();
            training = drawn.train();
            validation = drawn.validation();
        }
        return new Corpus<>(set.name(), training, validation, matching(set, parts.test()));
    }

    private static List<MatchingTexts> matching(LabelledPairSet set, List<LabelledPair> pairs) {
        return pairs.stream()
                .filter(pair -> pair.label().equals(set.matching()))
                .map(pair -> new MatchingTexts(pair.texts(), null))
                .toList();
    }

    private static TextPairSplits.Drawn<MatchingTexts> drawn(
            String name, List<MatchingTexts> pairs, double validation, double test, long seed) {
        return TextPairSplits.of(
                name,
                pairs,
                MatchingTexts::texts,
                new TextPairSplits.Shares(validation, test),
                seed);
    }

    private static Corpus<MatchingTexts> own(EmbeddingData data, long seed) throws IOException {
        EmbeddingData.Files files = data.files();
        if (files.file().isEmpty()) {
            throw new RecipeException(
                    "'data.file' is missing: name your own file, or a set in 'data.set'");
        }
        Table table = table(files.file(), files);
        boolean other = !files.testFile().isEmpty();
        TextPairSplits.Drawn<MatchingTexts> drawn =
                drawn(files.file(), pairs(table), data.validation(), other ? 0 : data.test(), seed);
        List<String> remarks = new ArrayList<>(table.remarks());
        remarks.addAll(drawn.remarks());
        Splits<MatchingTexts> parts = drawn.splits();
        List<MatchingTexts> test = parts.test();
        if (other) {
            Table tests = table(files.testFile(), files);
            test = pairs(tests);
            remarks.addAll(tests.remarks());
        }
        return new Corpus<>(files.file(), parts.train(), parts.validation(), test)
                .remarking(remarks);
    }

    private static Table table(String file, EmbeddingData.Files files) throws IOException {
        List<String> columns = new ArrayList<>(List.of(files.first(), files.second()));
        if (!files.negative().isEmpty()) {
            columns.add(files.negative());
        }
        return Table.read(Path.of(file), columns);
    }

    private static List<MatchingTexts> pairs(Table table) {
        boolean negative = table.columns().size() > 2;
        return table.rows().stream()
                .map(
                        row ->
                                new MatchingTexts(
                                        new TextPair(row.value(0), row.value(1)),
                                        negative ? row.value(2) : null))
                .toList();
    }
}
