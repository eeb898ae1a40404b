package dev.unroll.hosts;

import dev.unroll.backend.Backends;
import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.classification.Classifier;
import dev.unroll.tasks.translation.Translator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What two runs answer, and what computed it.
 *
 * @param backend its name
 * @param classes of the texts to classify
 * @param translations of the texts to translate
 */
public record Answers(String backend, List<Classification> classes, List<String> translations) {
    /** Texts to classify. */
    public static final List<String> REVIEWS =
            List.of("a good film", "bad , very bad", "good , not bad", "a film");

    /** Texts to translate. */
    public static final List<String> NUMBERS = List.of("12345", "7", "90210", "11 22");

    /**
     * Loads two runs and asks them.
     *
     * @param folder with the runs {@code classes} and {@code translations}
     */
    public static Answers of(Path folder) throws IOException {
        Classifier classifier = Classifier.load(folder.resolve("classes"));
        Translator translator = Translator.load(folder.resolve("translations"));
        List<Classification> classes = classifier.predictAll(REVIEWS);
        List<String> translations = translator.predictAll(NUMBERS);
        return new Answers(Backends.current().name(), classes, translations);
    }
}
