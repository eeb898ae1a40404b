package dev.unroll.bench.embed;

import dev.unroll.bench.Work;
import java.util.List;

/** Sentences through all-MiniLM-L6-v2. */
public final class EmbedWorks {
    private EmbedWorks() {}

    /** All of them. */
    public static List<Work> all() {
        return List.of(
                work("embed-minilm-batch32-mixed", Sentences.of(32, 4, 64)),
                work("embed-minilm-batch32-equal", Sentences.of(32, 32, 32)),
                work("embed-minilm-single", Sentences.of(1, 16, 16)));
    }

    private static Work work(String name, Sentences sentences) {
        return new Work(
                name,
                "onnxruntime",
                "sentences/s",
                sentences.count(),
                () -> new UnrollEmbedding(sentences),
                () -> new OnnxRuntime(sentences),
                List.of(1, 2),
                1e-3);
    }
}
