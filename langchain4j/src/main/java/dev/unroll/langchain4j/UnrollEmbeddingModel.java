package dev.unroll.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.unroll.tasks.embedding.TextEncoder;
import dev.unroll.tasks.embedding.TextVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * LangChain4j's embedding model, computed in this process by a {@link TextEncoder}. Safe for use by
 * many threads.
 *
 * <pre>{@code
 * EmbeddingModel model = UnrollEmbeddingModel.load(Path.of("runs/minilm"));
 * }</pre>
 */
public final class UnrollEmbeddingModel implements EmbeddingModel {
    private final TextEncoder encoder;

    /**
     * A model of an encoder.
     *
     * @param encoder with the prefix and pooling that are wanted
     */
    public UnrollEmbeddingModel(TextEncoder encoder) {
        this.encoder = encoder;
    }

    /**
     * Reads a model.
     *
     * @param folder of a pretrained encoder, or a run of {@code unroll import}
     * @return the model
     * @throws IllegalArgumentException if a file is missing, damaged or does not fit the others
     * @throws IOException if a file cannot be read
     */
    public static UnrollEmbeddingModel load(Path folder) throws IOException {
        return new UnrollEmbeddingModel(TextEncoder.load(folder));
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        List<TextVector> vectors =
                encoder.encodeAll(segments.stream().map(TextSegment::text).toList());
        int tokens = vectors.stream().mapToInt(TextVector::tokens).sum();
        return Response.from(
                vectors.stream().map(vector -> Embedding.from(vector.vector())).toList(),
                new TokenUsage(tokens));
    }

    @Override
    public int dimension() {
        return encoder.width();
    }
}
