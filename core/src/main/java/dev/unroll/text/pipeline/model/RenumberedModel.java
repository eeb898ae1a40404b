package dev.unroll.text.pipeline.model;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.SubwordModel;
import dev.unroll.text.pipeline.TokenList;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A model whose tokens have other ids, as Marian has them: it cuts by a SentencePiece model, and
 * numbers by a vocabulary that two languages share.
 *
 * @param model that cuts
 * @param vocabulary that numbers
 * @param unknown token for tokens that the vocabulary lacks
 */
public record RenumberedModel(SubwordModel model, TokenTable vocabulary, String unknown)
        implements SubwordModel {

    /** Checks that there is an unknown token. */
    public RenumberedModel {
        if (vocabulary.id(unknown).isEmpty()) {
            throw new IllegalArgumentException(
                    "the vocabulary lacks the token '%s'".formatted(unknown));
        }
    }

    @Override
    public void encode(AlignedText piece, TokenList tokens) {
        TokenList found = new TokenList();
        model.encode(piece, found);
        int[] ids = found.ids();
        int[] starts = found.starts();
        int[] ends = found.ends();
        int other = vocabulary.id(unknown).orElseThrow();
        for (int i = 0; i < ids.length; i++) {
            String token = model.token(ids[i]);
            int id = token == null ? other : vocabulary.id(token).orElse(other);
            tokens.add(id, starts[i], ends[i]);
        }
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
