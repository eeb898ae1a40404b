package dev.unroll.cli;

import dev.unroll.nn.Model;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.onnx.OnnxGraph;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.onnx.OnnxValue;
import dev.unroll.onnx.export.OnnxExport;
import dev.unroll.onnx.export.OnnxExportException;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.tasks.embedding.EmbeddingTask;
import dev.unroll.tasks.embedding.EncoderExport;
import dev.unroll.tasks.embedding.TextEncoder;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tasks.task.Task;
import dev.unroll.tasks.task.TaskDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code unroll export}: a run's model for other engines. */
@Command(
        name = "export",
        description = {
            "Writes a run's model for other engines: as ONNX files, with the recipe, the names of"
                    + " classes and the tokenizer in their metadata, or as a folder of Hugging"
                    + " Face's form. A folder of 'unroll import' can be written as ONNX, too."
        })
final class Export extends RunCommand {
    /** Larger files of a run are no metadata. */
    private static final long LONGEST = 32 << 20;

    @ArgGroup(multiplicity = "1")
    Form form = new Form();

    /** The form of an export: ONNX files, or a folder that Hugging Face's libraries read. */
    static final class Form {
        @Option(
                names = "--onnx",
                paramLabel = "FILE",
                description = {
                    "The ONNX file to write. A model that writes gets others beside it:"
                            + " FILE-step.onnx writes token by token, behind FILE-encoder.onnx if"
                            + " there is something to read."
                })
        @Nullable Path onnx;

        @Option(
                names = "--hugging-face",
                paramLabel = "FOLDER",
                description = {
                    "The folder to write, new or empty, in the form of sentence-transformers: for a"
                            + " run of the task 'embed'."
                })
        @Nullable Path huggingFace;
    }

    /**
     * A file that was written.
     *
     * @param inputs of an ONNX graph; none for a folder
     * @param outputs of an ONNX graph; none for a folder
     */
    record Written(String file, long bytes, List<String> inputs, List<String> outputs) {}

    /** All of them. */
    record Exported(String run, String task, List<Written> files) {}

    @Override
    public Integer call() throws IOException {
        return form.huggingFace == null
                ? asOnnx(Objects.requireNonNull(form.onnx))
                : asFolder(form.huggingFace);
    }

    private int asOnnx(Path file) throws IOException {
        RunFolder folder = new RunFolder(run);
        if (folder.isImported()) {
            return importedAsOnnx(file);
        }
        folder.requireModel();
        Recipe recipe = Tasks.read(folder, List.of());
        Task<?, ?> task = Tasks.of(recipe);
        if (!(task instanceof TaskDefinition<?, ?, ?, ?, ?> definition)) {
            throw new OnnxExportException(
                    "%s is a run of '%s', whose model is not known".formatted(run, task.name()));
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("unroll.task", task.name());
        metadata.put("unroll.recipe.yaml", Files.readString(folder.recipe()));
        addTexts(metadata, run, folder.used());
        return write(file, task.name(), Runs.trained(definition, folder).exported(), metadata);
    }

    private int importedAsOnnx(Path file) throws IOException {
        Model network = Pretrained.load(run).network();
        String task =
                switch (network) {
                    case TransformerLanguageModel _ -> "generate";
                    case EncoderDecoder _ -> "translate";
                    default -> "embed";
                };
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("unroll.task", task));
        addTexts(metadata, run, files(run));
        Object model = task.equals("embed") ? TextEncoder.load(run).exported() : network;
        return write(file, task, model, metadata);
    }

    private int write(Path file, String task, Object model, Map<String, String> metadata)
            throws IOException {
        List<Written> written = new ArrayList<>();
        for (Path each : OnnxExport.of(model).write(file, metadata)) {
            OnnxGraph graph = OnnxModel.read(each).graph();
            written.add(
                    new Written(
                            each.toString(),
                            Files.size(each),
                            names(graph.inputs()),
                            names(graph.outputs())));
        }
        answer.give(
                new Exported(run.toString(), task, written),
                written.stream()
                        .map(
                                each ->
                                        "%s  %,d bytes%n  in   %s%n  out  %s"
                                                .formatted(
                                                        each.file,
                                                        each.bytes,
                                                        String.join(", ", each.inputs),
                                                        String.join(", ", each.outputs)))
                        .collect(Collectors.joining(System.lineSeparator())));
        return 0;
    }

    private int asFolder(Path folder) throws IOException {
        RunFolder from = new RunFolder(run);
        if (from.isImported()) {
            throw wrongUsage(run + " has Hugging Face's form already; copy it");
        }
        from.requireModel();
        Task<?, ?> task = Tasks.of(Tasks.read(from, List.of()));
        if (!task.equals(EmbeddingTask.TASK)) {
            throw wrongUsage(
                    "%s is a run of '%s'; only runs of 'embed' have Hugging Face's form, give --onnx"
                            .formatted(run, task.name()));
        }
        EncoderExport.run(run, folder);
        List<Written> written = new ArrayList<>();
        for (Path file : files(folder)) {
            written.add(new Written(file.toString(), Files.size(file), List.of(), List.of()));
        }
        answer.give(
                new Exported(run.toString(), task.name(), written),
                written.stream()
                        .map(each -> "%s  %,d bytes".formatted(each.file, each.bytes))
                        .collect(Collectors.joining(System.lineSeparator())));
        return 0;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Adds the files that are text and not too long, under their names within the folder. */
    private static void addTexts(Map<String, String> metadata, Path folder, List<Path> files)
            throws IOException {
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            boolean text = name.endsWith(".json") || name.endsWith(".txt");
            if (text && Files.size(file) <= LONGEST) {
                metadata.put("unroll." + name, Files.readString(file));
            }
        }
    }

    private static List<String> names(List<OnnxValue> values) {
        return values.stream()
                .map(value -> "%s [%s]".formatted(value.name(), String.join(", ", value.dims())))
                .toList();
    }
}
