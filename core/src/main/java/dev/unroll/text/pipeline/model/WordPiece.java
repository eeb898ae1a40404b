package dev.unroll.text.pipeline.model;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.SubwordModel;
import dev.unroll.text.pipeline.TokenList;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a word from left to right into the longest tokens of the vocabulary (Devlin et al. 2019,
 * "BERT"; Wu et al. 2016, "Google's Neural Machine Translation System", section 4.1). A word that
 * cannot be cut is one unknown token.
 *
 * @param vocabulary of tokens
 * @param unknown token for words that cannot be cut
 * @param prefix of tokens that do not begin a word, such as {@code ##}
 * @param longestWord in code points; longer words are unknown
 */
public record WordPiece(TokenTable vocabulary, String unknown, String prefix, int longestWord)
        implements SubwordModel {

    @Override
    public void encode(AlignedText piece, TokenList tokens) {
        int length = piece.length();
        if (length > longestWord
                && (length > 2L * longestWord
                        || Character.codePointCount(piece, 0, length) > longestWord)) {
            tokens.add(unknownId(), piece, 0, length);
            return;
        }
        long[] hashes = new long[length + 1];
        long[] powers = new long[length + 1];
        powers[0] = 1;
        for (int i = 0; i < length; i++) {
            hashes[i + 1] = TokenTable.append(hashes[i], piece.charAt(i));
            powers[i + 1] = powers[i] * TokenTable.factor();
        }
        long prefixHash = TokenTable.hash(prefix, 0, prefix.length());
        int[] found = new int[length];
        int[] ends = new int[length];
        int count = 0;
        int from = 0;
        while (from < length) {
            String before = from == 0 ? "" : prefix;
            int to = Math.min(length, from + vocabulary.longest() - before.length());
            int id = -1;
            for (; to > from; to--) {
                if (to < length && Character.isLowSurrogate(piece.charAt(to))) {
                    continue;
                }
                int units = to - from;
                long hash = hashes[to] - hashes[from] * powers[units];
                if (from > 0) {
                    hash += prefixHash * powers[units];
                }
                id = vocabulary.find(hash, before, piece, from, to);
                if (id >= 0) {
                    break;
                }
            }
            if (id < 0) {
                tokens.add(unknownId(), piece, 0, length);
                return;
            }
            found[count] = id;
            ends[count++] = to;
            from = to;
        }
        for (int i = 0; i < count; i++) {
            tokens.add(found[i], piece, i == 0 ? 0 : ends[i - 1], ends[i]);
        }
    }

    private int unknownId() {
        return vocabulary
                .id(unknown)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the text has an unknown word, and the vocabulary lacks the token '%s' for it"
                                                .formatted(unknown)));
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
