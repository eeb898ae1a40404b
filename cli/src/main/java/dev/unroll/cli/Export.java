package dev.unroll.cli;

import dev.unroll.onnx.OnnxGraph;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.onnx.OnnxValue;
import dev.unroll.onnx.export.OnnxExport;
import dev.unroll.onnx.export.OnnxExportException;
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
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code unroll export}: a run's model for other engines. */
@Command(
        name = "export",
        description = {
            "Writes a run's model as ONNX files, which other engines run. The recipe, the names of"
                    + " classes and the tokenizer are in their metadata."
        })
final class Export extends RunCommand {
    /** Larger files of a run are no metadata. */
    private static final long LONGEST = 32 << 20;

    @Option(
            names = "--onnx",
            required = true,
            paramLabel = "FILE",
            description = {
                "The file to write. A model that writes gets others beside it: FILE-step.onnx writes"
                        + " token by token, behind FILE-encoder.onnx if there is something to read."
            })
    Path onnx = Path.of("");

    /** A file that was written. */
    record Written(String file, long bytes, List<String> inputs, List<String> outputs) {}

    /** All of them. */
    record Exported(String run, String task, List<Written> files) {}

    @Override
    public Integer call() throws IOException {
        RunFolder folder = new RunFolder(run);
        folder.requireModel();
        Recipe recipe = Tasks.read(folder, List.of());
        Task<?, ?> task = Tasks.of(recipe);
        if (!(task instanceof TaskDefinition<?, ?, ?, ?, ?> definition)) {
            throw new OnnxExportException(
                    "%s is a run of '%s', whose model is not known".formatted(run, task.name()));
        }
        Object model = Runs.trained(definition, folder).model();
        List<Path> files = OnnxExport.of(model).write(onnx, metadata(folder, task.name()));
        List<Written> written = new ArrayList<>();
        for (Path file : files) {
            OnnxGraph graph = OnnxModel.read(file).graph();
            written.add(
                    new Written(
                            file.toString(),
                            Files.size(file),
                            names(graph.inputs()),
                            names(graph.outputs())));
        }
        answer.give(new Exported(run.toString(), task.name(), written), text(written));
        return 0;
    }

    private static Map<String, String> metadata(RunFolder folder, String task) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("unroll.task", task);
        metadata.put("unroll.recipe.yaml", Files.readString(folder.recipe()));
        for (Path file : folder.used()) {
            String name = file.getFileName().toString();
            boolean text = name.endsWith(".json") || name.endsWith(".txt");
            if (text && Files.size(file) <= LONGEST) {
                metadata.put("unroll." + name, Files.readString(file));
            }
        }
        return metadata;
    }

    private static List<String> names(List<OnnxValue> values) {
        return values.stream()
                .map(value -> "%s [%s]".formatted(value.name(), String.join(", ", value.dims())))
                .toList();
    }

    private static String text(List<Written> files) {
        return files.stream()
                .map(
                        file ->
                                "%s  %,d bytes%n  in   %s%n  out  %s"
                                        .formatted(
                                                file.file,
                                                file.bytes,
                                                String.join(", ", file.inputs),
                                                String.join(", ", file.outputs)))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
