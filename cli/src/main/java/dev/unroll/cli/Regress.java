package dev.unroll.cli;

import dev.unroll.data.table.TableCell;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.regression.RegressionRecipe;
import dev.unroll.tasks.regression.TextRegressor;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code unroll regress}: the number of a text. */
@Command(
        name = "regress",
        description =
                "Gives each text a number, as the run was taught; in a table, in the column"
                        + " prediction.")
final class Regress extends TextCommand<String, Regress.Answered> {

    /** A text and its number, which is nothing where the text is blank. */
    record Answered(String text, @Nullable Double value) {}

    /** All of them. */
    record Answers(List<Answered> texts) {}

    @Override
    public Integer call() throws IOException {
        TextRegressor regressor = TextRegressor.load(run);
        SmallHeap.keep();
        Optional<String> column =
                Tasks.read(new RunFolder(run), List.of()) instanceof RegressionRecipe recipe
                        ? Optional.of(recipe.data().text())
                        : Optional.empty();
        return answer(what(), new Texts(regressor, column), Answers::new);
    }

    /**
     * The texts of an input.
     *
     * @param regressor that answers them
     * @param trainedOn the column of the texts that it learnt from
     */
    private record Texts(TextRegressor regressor, Optional<String> trainedOn)
            implements ColumnTask<String, Answered> {

        @Override
        public String input(TableRow row, String column) throws UnusableRowException {
            return row.text(column);
        }

        @Override
        public List<Answered> answers(List<String> texts) {
            Iterator<Double> found =
                    regressor
                            .predictAll(texts.stream().filter(text -> !text.isBlank()).toList())
                            .iterator();
            return texts.stream()
                    .map(text -> new Answered(text, text.isBlank() ? null : found.next()))
                    .toList();
        }

        @Override
        public List<String> columns() {
            return List.of("prediction");
        }

        @Override
        public List<TableCell> cells(Answered one) {
            Double value = one.value();
            return List.of(value == null ? TableCell.NONE : new TableCell.Decimal(value));
        }
    }

    @Override
    void show(Answered one) {
        Double value = one.value();
        answer.people().println(value == null ? "" : String.format(Locale.ROOT, "%.6g", value));
    }
}
