package dev.unroll.text.pipeline.model;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.SubwordModel;
import dev.unroll.text.pipeline.TokenList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The tokens whose scores have the largest sum (Kudo 2018, "Subword Regularization"), found by
 * Viterbi's algorithm. A character that no token covers is unknown, and scores less than the lowest
 * score by 10; unknown characters next to each other are one token, or the tokens of their bytes.
 *
 * <p>Of equal sums the first counts, and rounding decides which are equal. Hugging Face's library
 * adds in double precision. SentencePiece rounds each sum to single precision, so that the two may
 * cut {@code ...} otherwise where the vocabulary has {@code .} and {@code ..}.
 */
public final class Unigram implements SubwordModel {

    private static final double UNKNOWN_PENALTY = 10;

    private final TokenTable vocabulary;
    private final List<String> tokens;
    private final double[] scores;
    private final int unknownId;
    private final double unknownScore;
    private final boolean singlePrecision;
    private final int @Nullable [] byteIds;
    private final UnitTrie trie;
    private final PieceCache cache = new PieceCache();

    /**
     * A model.
     *
     * @param tokens of the vocabulary; the place of each is its id
     * @param scores of the tokens; one with −∞ is never found in a text
     * @param unknownId of the token for unknown characters; −1 for none
     * @param byteFallback whether unknown characters become the tokens of their bytes, such as
     *     {@code <0x41>}, if the vocabulary has them
     * @throws IllegalArgumentException if there are not as many scores as tokens, or the unknown id
     *     lies outside
     */
    public Unigram(List<String> tokens, double[] scores, int unknownId, boolean byteFallback) {
        this(
                tokens,
                scores,
                unknownId,
                Arrays.stream(scores).filter(Double::isFinite).min().orElse(0) - UNKNOWN_PENALTY,
                byteFallback,
                false);
    }

    /**
     * {@return a model that adds as SentencePiece does}
     *
     * @param tokens of the vocabulary; the place of each is its id
     * @param scores of the tokens; one with −∞ is never found in a text
     * @param lowest score that counts for the score of unknown characters
     * @param unknownId of the token for unknown characters
     * @param byteFallback whether unknown characters become the tokens of their bytes, such as
     *     {@code <0x41>}, if the vocabulary has them
     * @throws IllegalArgumentException if there are not as many scores as tokens, or the unknown id
     *     lies outside
     */
    public static Unigram inSinglePrecision(
            List<String> tokens,
            double[] scores,
            double lowest,
            int unknownId,
            boolean byteFallback) {
        return new Unigram(
                tokens, scores, unknownId, (float) (lowest - UNKNOWN_PENALTY), byteFallback, true);
    }

    private Unigram(
            List<String> tokens,
            double[] scores,
            int unknownId,
            double unknownScore,
            boolean byteFallback,
            boolean singlePrecision) {
        if (scores.length != tokens.size()) {
            throw new IllegalArgumentException(
                    "%d tokens with %d scores".formatted(tokens.size(), scores.length));
        }
        if (unknownId < -1 || unknownId >= tokens.size()) {
            throw new IllegalArgumentException(
                    "the unknown token has the id %d; there are %d tokens"
                            .formatted(unknownId, tokens.size()));
        }
        this.tokens = List.copyOf(tokens);
        this.scores = scores.clone();
        this.unknownId = unknownId;
        Map<String, Integer> ids = LinkedHashMap.newLinkedHashMap(tokens.size());
        for (int id = 0; id < tokens.size(); id++) {
            ids.put(tokens.get(id), id);
        }
        this.vocabulary = new TokenTable(ids, Math.max(1, tokens.size()));
        this.trie = new UnitTrie(this.tokens, scores);
        this.unknownScore = unknownScore;
        this.singlePrecision = singlePrecision;
        this.byteIds = byteFallback ? byteIds(vocabulary) : null;
    }

    private static int[] byteIds(TokenTable vocabulary) {
        int[] ids = new int[256];
        for (int value = 0; value < ids.length; value++) {
            ids[value] = vocabulary.id("<0x%02X>".formatted(value)).orElse(-1);
        }
        return ids;
    }

    @Override
    public void encode(AlignedText piece, TokenList list) {
        int length = piece.length();
        boolean cached = length <= PieceCache.LONGEST;
        long hash = cached ? TokenTable.hash(piece, 0, length) : 0;
        PieceCache.Piece known = cached ? cache.find(piece, 0, length, hash) : null;
        if (known == null) {
            known = best(piece, hash);
            if (cached) {
                cache.put(known);
            }
        }
        int start = 0;
        for (int i = 0; i < known.ids().length; i++) {
            add(known.ids()[i], piece, start, known.ends()[i], list);
            start = known.ends()[i];
        }
    }

    private void add(int id, AlignedText piece, int from, int to, TokenList list) {
        if (id != unknownId) {
            list.add(id, piece, from, to);
            return;
        }
        int whole = vocabulary.find(piece, from, to);
        if (whole >= 0) {
            list.add(whole, piece, from, to);
            return;
        }
        if (byteIds != null) {
            byte[] bytes = piece.slice(from, to).toString().getBytes(StandardCharsets.UTF_8);
            boolean all = true;
            for (byte one : bytes) {
                all &= byteIds[one & 0xFF] >= 0;
            }
            if (all) {
                for (byte one : bytes) {
                    list.add(byteIds[one & 0xFF], piece, from, to);
                }
                return;
            }
        }
        list.add(unknownId, piece, from, to);
    }

    private PieceCache.Piece best(AlignedText piece, long hash) {
        int length = piece.length();
        double[] sums = new double[length + 1];
        int[] from = new int[length + 1];
        int[] ids = new int[length + 1];
        Arrays.fill(from, -1);
        int next;
        for (int start = 0; start < length; start = next) {
            next = start + Character.charCount(piece.codePointAt(start));
            boolean covered = false;
            int node = trie.root();
            for (int end = start; end < length; ) {
                node = trie.child(node, piece.charAt(end++));
                if (node < 0) {
                    break;
                }
                int id = trie.value(node);
                if (id >= 0) {
                    double sum = sums[start] + scores[id];
                    if (from[end] < 0 || sum > sums[end]) {
                        sums[end] = rounded(sum);
                        from[end] = start;
                        ids[end] = id;
                    }
                    covered |= end == next;
                }
            }
            if (!covered) {
                double sum = rounded(sums[start] + unknownScore);
                if (from[next] < 0 || sum > sums[next]) {
                    if (unknownId < 0) {
                        throw new IllegalArgumentException(
                                "the text has the character '%s', and the vocabulary has no token for unknown ones"
                                        .formatted(piece.slice(start, next)));
                    }
                    sums[next] = sum;
                    from[next] = start;
                    ids[next] = unknownId;
                }
            }
        }
        return path(piece, hash, from, ids);
    }

    private double rounded(double sum) {
        return singlePrecision ? (float) sum : sum;
    }

    private PieceCache.Piece path(AlignedText piece, long hash, int[] from, int[] ids) {
        int length = piece.length();
        int[] bestIds = new int[length];
        int[] bestEnds = new int[length];
        int at = length;
        for (int end = length; end > 0; end = from[end]) {
            boolean fused = ids[end] == unknownId && at < length && bestIds[at] == unknownId;
            if (!fused) {
                at--;
                bestIds[at] = ids[end];
                bestEnds[at] = end;
            }
        }
        return new PieceCache.Piece(
                length <= PieceCache.LONGEST ? piece.toString() : "",
                hash,
                Arrays.copyOfRange(bestIds, at, length),
                Arrays.copyOfRange(bestEnds, at, length));
    }

    @Override
    public int size() {
        return vocabulary.size();
    }

    @Override
    public int largestId() {
        return tokens.size() - 1;
    }

    @Override
    public OptionalInt id(String token) {
        return vocabulary.id(token);
    }

    @Override
    public @Nullable String token(int id) {
        return id < 0 || id >= tokens.size() ? null : tokens.get(id);
    }
}
