package dev.unroll.tasks.model;

import dev.unroll.backend.WeightStorage;
import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.tasks.run.Manifest;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Runs of models that write and that others trained: language models, which go on with a text, and
 * encoders with decoders, which translate or sum up. The folder has Hugging Face's form, float32
 * weights and a manifest of checksums.
 */
public final class WriterImport {
    private static final String RULES = "generation_config.json";

    private WriterImport() {}

    /**
     * Reads a model for predictions, with matrices packed and held once.
     *
     * @throws IllegalArgumentException if a file is missing or damaged
     */
    public static Pretrained load(Path run) throws IOException {
        return Pretrained.load(
                ModelFiles.folder(run), matrix -> matrix.packedAlone(WeightStorage.F32));
    }

    /**
     * Makes a run.
     *
     * @param model that was read from a folder
     * @param run the folder to be made; it must be new or empty
     * @throws IllegalArgumentException if the folder has files, or the tokenizer or the rules of
     *     writing are missing or damaged
     */
    public static void run(Pretrained model, Path run) throws IOException {
        new RunFolder(run).requireNew();
        var _ = ImportedTokens.of(model); // or it cannot write
        model.save(model.network(), run);
        model.saveTokenizer(run);
        if (model.files().has(RULES)) {
            Files.write(run.resolve(RULES), model.files().read(RULES));
        }
        try (Stream<Path> all = Files.walk(run)) {
            Manifest.write(new RunFolder(run), all.filter(Files::isRegularFile).sorted().toList());
        }
    }
}
