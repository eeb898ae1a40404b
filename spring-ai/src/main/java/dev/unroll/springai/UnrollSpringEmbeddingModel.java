package dev.unroll.springai;

import dev.unroll.tasks.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * Spring AI's embedding model, computed in this process by a {@link TextEncoder}. Safe for use by
 * many threads.
 */
public final class UnrollSpringEmbeddingModel implements EmbeddingModel {
    private final TextEncoder encoder;

    /**
     * A model of an encoder.
     *
     * @param encoder with the prefix and pooling that are wanted
     */
    public UnrollSpringEmbeddingModel(TextEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
        List<float[]> vectors = encoder.predictAll(request.getInstructions());
        List<Embedding> embeddings = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            embeddings.add(new Embedding(vectors.get(i), i));
        }
        return new EmbeddingResponse(embeddings);
    }

    @Override
    public float[] embed(Document document) {
        String text = document.getText();
        return encoder.predict(text == null ? "" : text);
    }

    @Override
    public int dimensions() {
        return encoder.width();
    }
}
