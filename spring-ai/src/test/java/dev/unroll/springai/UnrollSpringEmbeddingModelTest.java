package dev.unroll.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tasks.embedding.MadeUpEncoder;
import dev.unroll.tasks.embedding.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class UnrollSpringEmbeddingModelTest {
    private static final String RETURNS = "Parcels can be sent back within 30 days.";
    private static final String OPENING = "The shop is open from nine to five.";
    private static final String PAYING = "You can pay by card or by invoice.";

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(configurations());

    @TempDir Path temporary;

    /** Those that Spring Boot would find. */
    private static AutoConfigurations configurations() {
        return AutoConfigurations.of(
                ImportCandidates.load(
                                AutoConfiguration.class,
                                UnrollSpringEmbeddingModel.class.getClassLoader())
                        .getCandidates()
                        .stream()
                        .filter(name -> name.startsWith("dev.unroll."))
                        .map(UnrollSpringEmbeddingModelTest::named)
                        .toArray(Class<?>[]::new));
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private String property() throws IOException {
        return "unroll.embedding.model="
                + MadeUpEncoder.write(temporary.resolve("encoder"), RETURNS, OPENING, PAYING);
    }

    @Test
    void a_question_finds_the_passage_that_answers_it_in_an_in_memory_store() throws IOException {
        application
                .withPropertyValues(property())
                .run(
                        context -> {
                            SimpleVectorStore store =
                                    SimpleVectorStore.builder(context.getBean(EmbeddingModel.class))
                                            .build();
                            store.add(
                                    List.of(
                                            new Document(RETURNS),
                                            new Document(OPENING),
                                            new Document(PAYING)));
                            List<Document> found =
                                    store.similaritySearch(
                                            SearchRequest.builder()
                                                    .query(
                                                            "Within how many days can parcels be"
                                                                    + " sent?")
                                                    .topK(1)
                                                    .build());
                            assertThat(found.getFirst().getText()).isEqualTo(RETURNS);
                        });
    }

    @Test
    void a_prefix_stands_before_every_text() throws IOException {
        application
                .withPropertyValues(property(), "unroll.embedding.prefix=open:")
                .run(
                        context -> {
                            EmbeddingModel model = context.getBean(EmbeddingModel.class);
                            assertThat(model.dimensions()).isEqualTo(MadeUpEncoder.WIDTH);
                            TextEncoder bare = context.getBean(TextEncoder.class).prefixed("");
                            assertThat(model.embed("card"))
                                    .isEqualTo(bare.predict("open:card"))
                                    .isNotEqualTo(bare.predict("card"));
                        });
    }

    @Test
    void without_the_property_nothing_is_configured() {
        application.run(context -> assertThat(context).doesNotHaveBean(EmbeddingModel.class));
    }
}
