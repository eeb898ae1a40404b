package dev.unroll.tasks.embedding;

import dev.unroll.nn.layers.LowRankAdapter;
import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.TokenizerLocation;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes an encoder that {@link EmbeddingTask} trained as a folder of sentence-transformers, which
 * Python's {@code SentenceTransformer(folder)} and {@link TextEncoder#load(Path)} read.
 */
public final class EncoderExport {
    private EncoderExport() {}

    /**
     * Writes an encoder; low-rank adapters are merged into the weights.
     *
     * @param run the folder of a training of {@link EmbeddingTask}
     * @param folder the folder to be made; it must be new or empty
     * @throws IllegalArgumentException if the run is of another task or damaged, or the folder has
     *     files
     * @throws IOException if a file cannot be read or written
     */
    public static void run(Path run, Path folder) throws IOException {
        new RunFolder(folder).requireNew();
        RunFolder from = new RunFolder(run);
        var trained = Runs.trained(EmbeddingTask.TASK, from);
        EncoderSettings settings = trained.fitted().settings();
        BertEncoder encoder = LowRankAdapter.merge(trained.model());
        Pretrained.blank(trained.fitted().reader().config()).save(encoder, folder);
        TokenizerLocation.copy(ModelFiles.folder(run), folder);
        EncoderFolder.write(settings, encoder.width(), folder);
    }
}
