package dev.unroll.data.sets;

import dev.unroll.data.DataException;
import dev.unroll.data.LabelledText;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.GzippedTar;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The published archive of {@link Imdb}: a file for each review. */
final class ImdbArchive {
    private static final Predicate<String> REVIEW =
            Pattern.compile("aclImdb/(train|test)/(neg|pos)/\\d+_\\d+\\.txt").asMatchPredicate();

    /** No review is longer than a hundredth of it. */
    private static final int MOST_BYTES = 1 << 20;

    private ImdbArchive() {}

    static Splits<LabelledText> read(Path file) throws DataException {
        Map<String, LabelledText> train = new TreeMap<>();
        Map<String, LabelledText> test = new TreeMap<>();
        GzippedTar.read(
                file,
                REVIEW,
                MOST_BYTES,
                (name, content) -> {
                    String label = name.contains("/pos/") ? "positive" : "negative";
                    String text = text(file + " > " + name, content);
                    (name.startsWith("aclImdb/train/") ? train : test)
                            .put(name, new LabelledText(label, text));
                });
        return new Splits<>(
                Imdb.requireSome(file + " > aclImdb/train", List.copyOf(train.values())),
                List.of(),
                Imdb.requireSome(file + " > aclImdb/test", List.copyOf(test.values())));
    }

    private static String text(String name, byte[] content) throws DataException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw DataException.damaged(name + ": not UTF-8", e);
        }
    }
}
