package dev.unroll.cli;

import dev.unroll.data.TextPair;
import dev.unroll.data.table.TableCell;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.pairs.CrossEncoder;
import dev.unroll.tasks.pairs.PairAnswer;
import dev.unroll.tasks.pairs.PairData;
import dev.unroll.tasks.pairs.PairRecipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll pair}: the class or the value of two texts. */
@Command(
        name = "pair",
        description = {
            "Says of two texts which class they are of, with its probability, or what value they"
                    + " have, as the run was taught; in a table, in the columns prediction and"
                    + " probability, or prediction alone."
        },
        footerHeading = "%nTables:%n",
        footer = {
            "FILE is a table (.csv, .tsv, .jsonl) with two columns of texts: those that the run was"
                    + " trained on, those named first and second, or two that are named by --column"
                    + " twice. The answer is a table, too: the columns that were read and the"
                    + " answers behind them. Rows that cannot be used are left out, counted, and"
                    + " the first ten named by file and line; the exit code is 1 then."
        })
final class ReadPair extends RowCommand<TextPair, ReadPair.Answered> {
    @Parameters(
            index = "1",
            paramLabel = "FIRST|-|FILE",
            description = "The first text; or a table, or - for one on standard input (--format).")
    String what = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "SECOND", description = "The second.")
    @Nullable String second;

    @Option(
            names = "--probabilities",
            description = "In a table, a column for the probability of each class.")
    boolean probabilities;

    /** Two texts and what is said of them; no label or value where one of them is blank. */
    record Answered(
            String first, String second, @Nullable Classification answer, @Nullable Double value) {}

    /** All of them. */
    record Answers(List<Answered> pairs) {}

    @Override
    public Integer call() throws IOException {
        String other = second;
        if (other != null && (table.out != null || table.to != null || !table.column.isEmpty())) {
            throw wrongUsage("--out, --to and --column are for tables, and not for two texts");
        }
        CrossEncoder encoder = CrossEncoder.load(run);
        SmallHeap.keep();
        Texts texts = new Texts(encoder, trainedOn());
        if (other == null) {
            return answer(what, texts, Answers::new);
        }
        List<Answered> answers = texts.answers(List.of(new TextPair(what, other)));
        if (answer.json) {
            answer.give(new Answers(answers), "");
        } else {
            answers.forEach(this::show);
        }
        return 0;
    }

    private List<RowTask.Reads> trainedOn() throws IOException {
        Optional<PairData.Files> files =
                Tasks.read(new RunFolder(run), List.of()) instanceof PairRecipe recipe
                        ? Optional.of(recipe.data().files())
                        : Optional.empty();
        return List.of(
                new RowTask.Reads(files.map(PairData.Files::first), "first"),
                new RowTask.Reads(files.map(PairData.Files::second), "second"));
    }

    /** The pairs of an input. */
    private final class Texts implements RowTask<TextPair, Answered> {
        private final CrossEncoder encoder;
        private final List<Reads> reads;

        Texts(CrossEncoder encoder, List<Reads> reads) {
            this.encoder = encoder;
            this.reads = reads;
        }

        @Override
        public List<Reads> reads() {
            return reads;
        }

        @Override
        public TextPair input(TableRow row, List<String> columns) throws UnusableRowException {
            return new TextPair(row.text(columns.get(0)), row.text(columns.get(1)));
        }

        @Override
        public List<Answered> answers(List<TextPair> pairs) {
            Iterator<PairAnswer> found =
                    encoder.predictAll(pairs.stream().filter(pair -> !isBlank(pair)).toList())
                            .iterator();
            return pairs.stream()
                    .map(
                            pair ->
                                    isBlank(pair)
                                            ? new Answered(pair.first(), pair.second(), null, null)
                                            : answered(pair, found.next()))
                    .toList();
        }

        @Override
        public List<String> columns() {
            List<String> columns = new ArrayList<>(List.of("prediction"));
            if (!encoder.classes().isEmpty()) {
                columns.add("probability");
            }
            if (probabilities) {
                encoder.classes().forEach(name -> columns.add("probability_" + name));
            }
            return columns;
        }

        @Override
        public List<TableCell> cells(Answered one) {
            Double value = one.value();
            if (value != null) {
                return List.of(new TableCell.Decimal(value));
            }
            Classification found = one.answer();
            if (found == null) {
                return Collections.nCopies(columns().size(), TableCell.NONE);
            }
            List<TableCell> cells = new ArrayList<>();
            cells.add(new TableCell.Text(found.label()));
            cells.add(new TableCell.Decimal(found.probability()));
            if (probabilities) {
                encoder.classes()
                        .forEach(name -> cells.add(new TableCell.Decimal(of(found, name))));
            }
            return cells;
        }
    }

    private static double of(Classification found, String name) {
        return Objects.requireNonNull(found.probabilities().get(name));
    }

    private static boolean isBlank(TextPair pair) {
        return pair.first().isBlank() || pair.second().isBlank();
    }

    private static Answered answered(TextPair pair, PairAnswer answer) {
        return switch (answer) {
            case PairAnswer.Label(Classification classification) ->
                    new Answered(pair.first(), pair.second(), classification, null);
            case PairAnswer.Value(double value) ->
                    new Answered(pair.first(), pair.second(), null, value);
        };
    }

    @Override
    void show(Answered one) {
        Double value = one.value();
        Classification found = one.answer();
        if (value != null) {
            answer.people().println(String.format(Locale.ROOT, "%.6g", value));
        } else {
            answer.people().println(found == null ? "" : Classify.line(found));
        }
    }
}
