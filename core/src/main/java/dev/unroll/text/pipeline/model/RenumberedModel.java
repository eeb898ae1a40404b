package dev.unroll.text.pipeline.model;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.SubwordModel;
import dev.unroll.text.pipeline.TokenList;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A model whose tokens have other ids, as Marian has them: it cuts by a SentencePiece model, and
 * numbers by a vocabulary that two languages share. A part of a text that the model does not know
 * is looked up as it stands there: the vocabulary may have it from the other language.
 *
 * @param model that cuts
 * @param unseen the model's own id for what it does not know; −1 if it has none
 * @param vocabulary that numbers
 * @param unknown token for what the vocabulary lacks
 */
public record RenumberedModel(SubwordModel model, int unseen, TokenTable vocabulary, String unknown)
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
        model.encode(AlignedText.of(piece.toString()), found); // places within the piece
        int[] ids = found.ids();
        int[] starts = found.starts();
        int[] ends = found.ends();
        int other = vocabulary.id(unknown).orElseThrow();
        for (int i = 0; i < ids.length; i++) {
            int id = id(ids[i], piece, starts[i], ends[i]);
            tokens.add(id < 0 ? other : id, piece, starts[i], ends[i]);
        }
    }

    /** The id of a token of the model, or of the part where it has none; −1 for neither. */
    private int id(int found, AlignedText piece, int from, int to) {
        if (found == unseen) {
            return vocabulary.find(piece, from, to);
        }
        String token = model.token(found);
        return token == null ? -1 : vocabulary.find(token, 0, token.length());
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
