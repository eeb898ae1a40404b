package dev.unroll.springai;

import dev.unroll.tasks.embedding.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Gives a Spring Boot application an {@link EmbeddingModel}, unless it has one, where the property
 * {@code unroll.embedding.model} names the folder of an encoder. {@code unroll.embedding.prefix} is
 * put before every text.
 */
@AutoConfiguration
@ConditionalOnProperty("unroll.embedding.model")
public class UnrollEmbeddingAutoConfiguration {

    /** Made by Spring. */
    public UnrollEmbeddingAutoConfiguration() {}

    /**
     * {@return the encoder that the properties name}
     *
     * @param environment with the properties
     * @throws IOException if a file cannot be read
     */
    @Bean
    @ConditionalOnMissingBean
    public TextEncoder unrollTextEncoder(Environment environment) throws IOException {
        TextEncoder encoder =
                TextEncoder.load(
                        Path.of(environment.getRequiredProperty("unroll.embedding.model")));
        String prefix = environment.getProperty("unroll.embedding.prefix");
        return prefix == null ? encoder : encoder.prefixed(prefix);
    }

    /**
     * {@return the encoder as Spring AI's embedding model}
     *
     * @param encoder of the texts
     */
    @Bean
    @ConditionalOnMissingBean(EmbeddingModel.class)
    public UnrollSpringEmbeddingModel unrollEmbeddingModel(TextEncoder encoder) {
        return new UnrollSpringEmbeddingModel(encoder);
    }
}
