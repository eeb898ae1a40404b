package dev.unroll.tasks.regression;

import dev.unroll.data.Corpus;
import dev.unroll.data.Splits;
import dev.unroll.data.table.Table;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The texts and their numbers that a recipe names. */
final class TextValues {
    private TextValues() {}

    /**
     * The data of a recipe.
     *
     * @throws IOException if a file cannot be read, or is malformed
     */
    static Corpus<TextValue> of(RegressionData data, long seed) throws IOException {
        if (data.file().isEmpty()) {
            throw new RecipeException("'data.file' is missing: name your own file");
        }
        Table table = table(data.file(), data);
        List<TextValue> all = texts(table);
        if (data.testFile().isEmpty()) {
            return new Corpus<>(
                            data.file(),
                            Splits.of(data.file(), all, data.validation(), data.test(), seed))
                    .remarking(table.remarks());
        }
        Table test = table(data.testFile(), data);
        Splits<TextValue> parts = Splits.of(data.file(), all, data.validation(), 0, seed);
        return new Corpus<>(data.file(), parts.train(), parts.validation(), texts(test))
                .remarking(table.remarks())
                .remarking(test.remarks());
    }

    /** Without rows whose target is no number. */
    private static Table table(String file, RegressionData data) throws IOException {
        return FiniteNumber.only(Table.read(Path.of(file), List.of(data.target(), data.text())), 0);
    }

    private static List<TextValue> texts(Table table) {
        return table.rows().stream()
                .map(row -> new TextValue(row.value(1), FiniteNumber.of(row.value(0))))
                .toList();
    }
}
