package dev.unroll.cli;

import dev.unroll.data.table.TableCell;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import dev.unroll.decode.Sampling;
import dev.unroll.tasks.language.TextGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll generate}: goes on with a text. */
@Command(
        name = "generate",
        description = {
            "Goes on with a text, showing it as it grows.",
            "The same seed gives the same text."
        })
final class Generate extends RowCommand<String, Generate.Continued> {

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE|-",
            description = {
                "Prompts instead of --prompt: a file or pipe with one in each line, or a table,"
                        + " whose answers are in the column continuation. Each is continued with"
                        + " the same seed, as if it were alone."
            })
    @Nullable String what;

    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            description = "What the text begins with; a new line if left out.")
    String prompt = "";

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "How many tokens to write; 500 if left out.")
    int tokens = 500;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Below 1: likelier tokens more often; 0: always the likeliest.")
    double temperature = 1;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = "Only the K likeliest tokens; all if left out.")
    @Nullable Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Only the likeliest tokens that together reach P; all if left out.")
    double topP = 1;

    @Option(names = "--seed", paramLabel = "N", description = "Of the dice; 1 if left out.")
    long seed = 1;

    /**
     * A prompt that was continued.
     *
     * @param unknown the parts of the prompt that the model does not know
     */
    record Continued(String prompt, String text, List<String> unknown) {}

    /** All of them. */
    record AllContinued(List<Continued> texts, long seed) {}

    /**
     * The text that was written.
     *
     * @param unknown the parts of the prompt that the model does not know
     */
    record Written(
            String prompt, String text, List<String> unknown, long seed, double tokensPerSecond) {}

    @Override
    public Integer call() throws IOException {
        TextGenerator.Options options;
        try {
            int cut = topK == null ? Sampling.ALL : topK;
            options = new TextGenerator.Options(new Sampling(temperature, cut, topP, seed), tokens);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(e.getMessage(), e);
        }
        TextGenerator generator = TextGenerator.load(run).with(options);
        SmallHeap.keep();
        String file = what;
        if (file != null) {
            if (!prompt.isEmpty()) {
                throw wrongUsage("give --prompt or a file of prompts, not both");
            }
            return answer(file, new Prompts(generator), all -> new AllContinued(all, seed));
        }
        if (table.out != null || table.to != null || table.format != null) {
            throw wrongUsage("--out, --to and --format are for a file of prompts; name one, or -");
        }
        return continueOne(generator);
    }

    /** The prompts of an input. */
    private record Prompts(TextGenerator generator) implements ColumnTask<String, Continued> {

        @Override
        public Optional<String> trainedOn() {
            return Optional.of("prompt");
        }

        @Override
        public String input(TableRow row, String column) throws UnusableRowException {
            return row.text(column);
        }

        @Override
        public List<Continued> answers(List<String> prompts) {
            return prompts.stream()
                    .map(one -> new Continued(one, generator.predict(one), generator.unknown(one)))
                    .toList();
        }

        @Override
        public List<String> columns() {
            return List.of("continuation");
        }

        @Override
        public List<TableCell> cells(Continued one) {
            return List.of(new TableCell.Text(one.text()));
        }

        @Override
        public int together() {
            return 1; // each takes its time
        }
    }

    @Override
    void show(Continued one) {
        if (!one.unknown().isEmpty()) {
            err().println(Hints.unknown(one.unknown()));
        }
        answer.people().println(one.prompt() + one.text());
    }

    private int continueOne(TextGenerator generator) {
        List<String> unknown = generator.unknown(prompt);
        if (!unknown.isEmpty()) {
            err().println(Hints.unknown(unknown));
        }
        PrintWriter people = answer.people();
        people.print(prompt);
        people.flush();
        StringBuilder text = new StringBuilder();
        long start = System.nanoTime();
        int written =
                generator.generate(
                        prompt,
                        piece -> {
                            text.append(piece);
                            people.print(piece);
                            people.flush();
                        });
        double seconds = (System.nanoTime() - start) * 1e-9;
        people.println();
        if (answer.json) {
            answer.give(new Written(prompt, text.toString(), unknown, seed, written / seconds), "");
        }
        return 0;
    }
}
