package dev.unroll.cli;

import dev.unroll.backend.WeightStorage;
import dev.unroll.data.table.TableCell;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import dev.unroll.tasks.embedding.NearestTexts;
import dev.unroll.tasks.embedding.TextEncoder;
import dev.unroll.tasks.embedding.TextVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code unroll embed}: the vector of a text, or the texts that are most like it. */
@Command(
        name = "embed",
        description = {
            "Gives each text a vector, such that texts of like meaning have vectors of like"
                    + " direction; in a table, in the columns vector and truncated. With --similar,"
                    + " shows the lines of a file that are most like it."
        })
final class Embed extends TextCommand<String, Embed.Answered> {
    @Option(
            names = "--similar",
            paramLabel = "FILE",
            description = {
                "A text a line, or a table: show those most like each text, with the cosine of the"
                        + " angle between them. In a table the most similar is in the columns"
                        + " nearest and score, and truncated says whether the text was cut."
            })
    @Nullable String similar;

    @Option(
            names = "--similar-column",
            paramLabel = "NAME",
            description = {
                "The column to read where --similar names a table; if left out, that of --column, the"
                        + " one named text, or the only one."
            })
    @Nullable String similarColumn;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many similar lines are shown; ${DEFAULT-VALUE} if left out.")
    int top;

    @Option(
            names = "--prompt",
            paramLabel = "NAME",
            description = {
                "Put the model's text for a purpose before each text, such as query or passage; if"
                        + " left out, with --similar query, where the model has it, and none else."
            })
    @Nullable String prompt;

    @Option(
            names = "--weights",
            paramLabel = "KIND",
            defaultValue = "f32",
            description = {
                "How matrices are stored: f32, as they are; bf16 or int8, in half or a quarter of"
                        + " the memory, which is faster and changes the vectors a little."
            })
    WeightStorage weights = WeightStorage.F32;

    /** A line that is like the text. */
    record Neighbour(double score, long line, String text) {}

    /** A text and its vector, or the lines that are like it. */
    record Answered(
            String text,
            float @Nullable [] vector,
            boolean truncated,
            @Nullable List<Neighbour> similar) {}

    /** All of them. */
    record Answers(List<Answered> texts) {}

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new IllegalArgumentException("--top is at least 1, not " + top);
        }
        if (similar == null && similarColumn != null) {
            throw new IllegalArgumentException(
                    "--similar-column names a column of the table that --similar names; give both");
        }
        TextEncoder encoder = TextEncoder.load(run, weights);
        String file = similar;
        TextEncoder asking = asking(encoder, file != null);
        NearestTexts searched = file == null ? null : searched(encoder, file);
        return answer(what(), new Texts(asking, searched, top), Answers::new);
    }

    private TextEncoder asking(TextEncoder encoder, boolean searches) {
        String purpose = prompt;
        if (purpose != null) {
            return encoder.prompted(purpose);
        }
        return searches ? encoder.forQuestions() : encoder;
    }

    private NearestTexts searched(TextEncoder encoder, String file) throws IOException {
        boolean fromInput = file.equals("-");
        if (fromInput && what().equals("-")) {
            throw new IllegalArgumentException(
                    "standard input cannot be both the texts and what they are compared with; give"
                            + " one of them as a file");
        }
        List<String> column = similarColumn == null ? table.column : List.of(similarColumn);
        List<String> texts;
        try (Input input = Input.of(file, null)) {
            if (input.file().isEmpty() && !fromInput) {
                throw new IllegalArgumentException("there is no file " + file);
            }
            texts = TableOptions.texts(input, column, "--similar-column");
        }
        if (texts.stream().allMatch(String::isBlank)) {
            throw new IllegalArgumentException(file + " has no texts to compare with");
        }
        NearestTexts searched = NearestTexts.of(encoder.forPassages(), texts);
        if (searched.truncated() > 0) {
            err().println(
                            "%s: %,d of %,d texts have more tokens than the model reads, and were cut"
                                    .formatted(file, searched.truncated(), texts.size()));
        }
        return searched;
    }

    /**
     * The texts of an input.
     *
     * @param encoder that answers them
     * @param searched what they are compared with; null to give the vectors
     * @param top how many neighbours are told
     */
    private record Texts(TextEncoder encoder, @Nullable NearestTexts searched, int top)
            implements ColumnTask<String, Answered> {

        @Override
        public Optional<String> trainedOn() {
            return Optional.empty();
        }

        @Override
        public String input(TableRow row, String column) throws UnusableRowException {
            return row.text(column);
        }

        @Override
        public List<Answered> answers(List<String> texts) {
            List<TextVector> vectors = encoder.encodeAll(texts);
            List<Answered> answers = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                TextVector vector = vectors.get(i);
                NearestTexts all = searched;
                answers.add(
                        new Answered(
                                texts.get(i),
                                all == null ? vector.vector() : null,
                                vector.truncated(),
                                all == null ? null : neighbours(all, vector)));
            }
            return answers;
        }

        private List<Neighbour> neighbours(NearestTexts all, TextVector vector) {
            return all.nearest(vector.vector(), top).stream()
                    .map(found -> new Neighbour(found.score(), found.index() + 1L, found.text()))
                    .toList();
        }

        @Override
        public List<String> columns() {
            return searched == null
                    ? List.of("vector", "truncated")
                    : List.of("nearest", "score", "truncated");
        }

        @Override
        public List<TableCell> cells(Answered one) {
            TableCell truncated = new TableCell.Flag(one.truncated());
            List<Neighbour> found = one.similar();
            if (found != null) {
                Neighbour nearest = found.getFirst();
                return List.of(
                        new TableCell.Text(nearest.text()),
                        new TableCell.Decimal(nearest.score()),
                        truncated);
            }
            return List.of(new TableCell.Several(numbers(one)), truncated);
        }
    }

    private static List<TableCell> numbers(Answered one) {
        float[] vector = one.vector();
        List<TableCell> numbers = new ArrayList<>();
        for (float number : vector == null ? new float[0] : vector) {
            numbers.add(new TableCell.Decimal(number));
        }
        return numbers;
    }

    @Override
    void show(Answered one) {
        if (one.truncated()) {
            err().println(
                            "cut behind the model's most tokens: "
                                    + one.text().substring(0, Math.min(40, one.text().length()))
                                    + " …");
        }
        List<Neighbour> found = one.similar();
        if (found == null) {
            answer.people()
                    .println(
                            numbers(one).stream()
                                    .map(TableCell::plain)
                                    .collect(Collectors.joining(" ")));
            return;
        }
        answer.people().println(one.text());
        for (Neighbour neighbour : found) {
            answer.people()
                    .println(
                            String.format(
                                    Locale.ROOT,
                                    "  %.4f  %6d  %s",
                                    neighbour.score(),
                                    neighbour.line(),
                                    neighbour.text()));
        }
    }
}
