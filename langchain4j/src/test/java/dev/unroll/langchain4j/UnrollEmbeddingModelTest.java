package dev.unroll.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.spi.model.embedding.EmbeddingModelFactory;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import dev.unroll.tasks.embedding.MadeUpEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnrollEmbeddingModelTest {
    private static final String RETURNS = "Parcels can be sent back within 30 days.";
    private static final String OPENING = "The shop is open from nine to five.";
    private static final String PAYING = "You can pay by card or by invoice.";

    @TempDir Path temporary;

    private Path folder() throws IOException {
        return MadeUpEncoder.write(temporary.resolve("encoder"), RETURNS, OPENING, PAYING);
    }

    @Test
    void a_question_finds_the_passage_that_answers_it_in_an_in_memory_store() throws IOException {
        EmbeddingModel model = UnrollEmbeddingModel.load(folder());
        InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
        List<TextSegment> passages =
                List.of(
                        TextSegment.from(RETURNS),
                        TextSegment.from(OPENING),
                        TextSegment.from(PAYING));
        store.addAll(model.embedAll(passages).content(), passages);
        Embedding question = model.embed("Within how many days can parcels be sent?").content();
        EmbeddingSearchRequest request =
                EmbeddingSearchRequest.builder().queryEmbedding(question).maxResults(1).build();
        assertThat(store.search(request).matches().getFirst().embedded().text()).isEqualTo(RETURNS);
    }

    @Test
    void vectors_have_the_length_1_and_tokens_are_counted() throws IOException {
        EmbeddingModel model = UnrollEmbeddingModel.load(folder());
        Response<Embedding> open = model.embed("open");
        assertThat(model.dimension()).isEqualTo(MadeUpEncoder.WIDTH);
        assertThat(open.content().dimension()).isEqualTo(MadeUpEncoder.WIDTH);
        double squares = 0;
        for (float number : open.content().vector()) {
            squares += number * number;
        }
        assertThat(squares).isEqualTo(1, within(1e-5));
        assertThat(
                        Objects.requireNonNull(
                                        model.embedAll(List.of(TextSegment.from("open")))
                                                .tokenUsage())
                                .inputTokenCount())
                .isEqualTo(3); // with [CLS] and [SEP]
    }

    @Test
    void langchain4j_finds_the_factory_whose_model_is_named_by_a_property() throws IOException {
        EmbeddingModelFactory factory =
                ServiceLoader.load(EmbeddingModelFactory.class).findFirst().orElseThrow();
        assertThatThrownBy(factory::create).hasMessageContaining("unroll.embedding.model");
        System.setProperty(UnrollEmbeddingModelFactory.FOLDER, folder().toString());
        try {
            assertThat(factory.create().dimension()).isEqualTo(MadeUpEncoder.WIDTH);
        } finally {
            System.clearProperty(UnrollEmbeddingModelFactory.FOLDER);
        }
    }
}
