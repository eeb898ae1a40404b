package dev.unroll.bench.onnx;

import ai.onnxruntime.OrtException;
import dev.unroll.formats.tokenizer.PipelineFile;
import dev.unroll.onnx.export.OnnxExport;
import dev.unroll.tasks.model.Tokenizers;
import dev.unroll.tasks.run.Artefact;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * A trained run as other engines have it: the graphs that {@code unroll export} writes of it, and
 * the files of its folder.
 *
 * @param task that it was trained for
 * @param folder that it was trained in
 */
record TrainedRun(TaskDefinition<?, ?, ?, ?, ?> task, Path folder) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A graph of the export, by what is added to the file's name. */
    OrtGraph graph(String added) throws IOException, OrtException {
        return new OrtGraph(
                OnnxExport.of(Runs.trained(task, new RunFolder(folder)).exported()), added);
    }

    <T> T file(Artefact<T> artefact) throws IOException {
        return artefact.read(new RunFolder(folder).file(artefact));
    }

    /** A JSON file as a record with its keys. */
    <T> T json(String name, Class<T> type) throws IOException {
        return JSON.readValue(Files.readString(folder.resolve(name)), type);
    }

    /** The tokenizer that was trained with the network. */
    Tokenizer tokenizer() throws IOException {
        return file(Tokenizers.FILE);
    }

    /** The tokenizer of the pretrained encoder that the training began with. */
    TextPipeline pretrainedTokenizer() throws IOException {
        return PipelineFile.read(folder.resolve("tokenizer.json")).untruncated();
    }
}
