package dev.unroll.text.pipeline.model;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.SubwordModel;
import dev.unroll.text.pipeline.TokenList;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Each piece is a token, or unknown.
 *
 * @param vocabulary of tokens
 * @param unknown token for pieces that the vocabulary lacks
 */
public record WordLevel(TokenTable vocabulary, String unknown) implements SubwordModel {

    @Override
    public void encode(AlignedText piece, TokenList tokens) {
        int id = vocabulary.find(piece, 0, piece.length());
        if (id < 0) {
            id =
                    vocabulary
                            .id(unknown)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "the text has an unknown word, and the vocabulary lacks the token '%s' for it"
                                                            .formatted(unknown)));
        }
        tokens.add(id, piece, 0, piece.length());
    }

    @Override
    public int size() {
        return vocabulary.size();
    }

    @Override
    public int largestId() {
        return vocabulary.largestId();
    }

    @Override
    public OptionalInt id(String token) {
        return vocabulary.id(token);
    }

    @Override
    public @Nullable String token(int id) {
        return vocabulary.token(id);
    }
}
