package dev.unroll.cli;

import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.Architectures;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.tasks.embedding.EncoderImport;
import dev.unroll.tasks.embedding.EncoderSettings;
import dev.unroll.tasks.embedding.Pooling;
import dev.unroll.tasks.model.WriterImport;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll import}: a run out of a model that others trained. */
@Command(
        name = "import",
        description = {
            "Makes a run of a model that others trained. Nothing is downloaded.",
            "An encoder is for unroll embed: a folder of Hugging Face's transformers or of"
                    + " sentence-transformers, or an ONNX file or a jar with one, such as"
                    + " langchain4j's.",
            "A language model (GPT-2) is for unroll generate, and an encoder with a decoder (Marian,"
                    + " BART) for unroll translate: folders of Hugging Face's transformers."
        })
final class ImportModel extends Subcommand {
    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "A folder, a jar or an ONNX file, with the tokenizer beside the weights.")
    Path source = Path.of("");

    @Option(
            names = "--run",
            paramLabel = "RUN",
            required = true,
            description = "The run's folder, which must be new or empty.")
    Path run = Path.of("");

    @Option(
            names = "--pooling",
            paramLabel = "KIND",
            description = {
                "How a vector is made of the tokens' rows: mean, first or last; if left out, what"
                        + " the model's files say, else mean (first for bge)."
            })
    @Nullable Pooling pooling;

    @Option(
            names = "--normalize",
            negatable = true,
            description =
                    "Divide vectors by their length; if left out, what the files say, else yes.")
    @Nullable Boolean normalize;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Cut texts behind so many tokens; if left out, what the files say.")
    @Nullable Integer longest;

    @Option(
            names = "--query-prefix",
            paramLabel = "TEXT",
            description = "What the model wants before a question, such as 'query: '.")
    @Nullable String query;

    @Option(
            names = "--passage-prefix",
            paramLabel = "TEXT",
            description =
                    "What the model wants before a text that is searched, such as 'passage: '.")
    @Nullable String passage;

    /** An encoder that was imported, as it is told. */
    record Answered(
            String run,
            String type,
            int width,
            long parameters,
            Pooling pooling,
            boolean normalized,
            int maxTokens) {}

    /** A model that writes, as it is told. */
    record Writer(String run, String type, String task, long parameters) {}

    @Override
    public Integer call() throws IOException {
        if (Files.isRegularFile(source.resolve("config.json"))) {
            ModelConfig config =
                    ModelConfig.parse(
                            Files.readAllBytes(source.resolve("config.json")),
                            source + ": config.json");
            if (Architectures.writes(config)) {
                return writer();
            }
        }
        return encoder();
    }

    private int writer() throws IOException {
        if (pooling != null
                || normalize != null
                || longest != null
                || query != null
                || passage != null) {
            throw wrongUsage(
                    source
                            + " is a model that writes; --pooling, --normalize, --max-tokens and"
                            + " prefixes are for encoders");
        }
        new RunFolder(run).requireNew();
        Pretrained model = Pretrained.load(source);
        WriterImport.run(model, run);
        boolean translates = model.network() instanceof EncoderDecoder;
        String task = translates ? "translate" : "generate";
        String type = model.config().text("model_type", "");
        long parameters =
                model.network().parameters().values().stream().mapToLong(p -> p.size()).sum();
        answer.give(
                new Writer(run.toString(), type, task, parameters),
                "%s: %,d numbers%nin %s; try: unroll %s %s %s\"a text\""
                        .formatted(
                                type, parameters, run, task, run, translates ? "" : "--prompt "));
        return 0;
    }

    private int encoder() throws IOException {
        EncoderImport.Imported made = EncoderImport.run(source, run, this::changed);
        EncoderSettings settings = made.settings();
        answer.give(
                new Answered(
                        run.toString(),
                        made.type(),
                        made.width(),
                        made.parameters(),
                        settings.pooling(),
                        settings.normalized(),
                        settings.longest()),
                ("%s: %,d numbers, vectors of %d, %s pooling, %s, at most %,d tokens%s%s%n"
                                + "in %s; try: unroll embed %s \"a text\"")
                        .formatted(
                                made.type(),
                                made.parameters(),
                                made.width(),
                                settings.pooling().name().toLowerCase(Locale.ROOT),
                                settings.normalized() ? "normalised" : "not normalised",
                                settings.longest(),
                                prompts(settings),
                                made.left().isEmpty()
                                        ? ""
                                        : "%nleft out: %s"
                                                .formatted(String.join(", ", made.left())),
                                run,
                                run));
        return 0;
    }

    private static String prompts(EncoderSettings settings) {
        StringBuilder text = new StringBuilder();
        settings.prompts()
                .forEach((purpose, prompt) -> text.append("%n%s: '%s'".formatted(purpose, prompt)));
        return text.toString();
    }

    private EncoderSettings changed(EncoderSettings told) {
        EncoderSettings settings = told;
        if (pooling != null) {
            settings = settings.with(pooling);
        }
        if (normalize != null) {
            settings = settings.normalized(normalize);
        }
        if (longest != null) {
            settings = settings.upTo(longest);
        }
        if (query != null) {
            settings = settings.prompting("query", query);
        }
        return passage == null ? settings : settings.prompting("passage", passage);
    }
}
