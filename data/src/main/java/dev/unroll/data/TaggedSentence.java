package dev.unroll.data;

import java.util.List;

/**
 * A sentence with a tag for each word.
 *
 * @param words one or more
 * @param tags as many as words
 */
public record TaggedSentence(List<String> words, List<String> tags) {
    public TaggedSentence {
        words = List.copyOf(words);
        tags = List.copyOf(tags);
        if (words.isEmpty() || words.size() != tags.size()) {
            throw new IllegalArgumentException(
                    "a sentence of %d words with %d tags: one or more words, and a tag for each"
                            .formatted(words.size(), tags.size()));
        }
    }

    /** {@return the number of words} */
    public int length() {
        return words.size();
    }
}
