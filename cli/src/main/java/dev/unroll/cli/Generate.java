package dev.unroll.cli;

import dev.unroll.decode.Sampling;
import dev.unroll.tasks.language.TextGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code unroll generate}: goes on with a text. */
@Command(
        name = "generate",
        description = {
            "Goes on with a text, showing it as it grows.",
            "The same seed gives the same text."
        })
final class Generate extends RunCommand {

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
