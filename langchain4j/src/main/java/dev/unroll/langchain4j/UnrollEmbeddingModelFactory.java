package dev.unroll.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.spi.model.embedding.EmbeddingModelFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The embedding model that LangChain4j takes where none is named. Its folder is that of the system
 * property {@code unroll.embedding.model}.
 */
public final class UnrollEmbeddingModelFactory implements EmbeddingModelFactory {
    /** The system property with the folder of the model. */
    public static final String FOLDER = "unroll.embedding.model";

    /** Made by {@link java.util.ServiceLoader}. */
    public UnrollEmbeddingModelFactory() {}

    @Override
    public EmbeddingModel create() {
        String folder = System.getProperty(FOLDER);
        if (folder == null || folder.isBlank()) {
            throw new IllegalStateException(
                    "the system property %s is to name the folder of the embedding model"
                            .formatted(FOLDER));
        }
        try {
            return UnrollEmbeddingModel.load(Path.of(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
