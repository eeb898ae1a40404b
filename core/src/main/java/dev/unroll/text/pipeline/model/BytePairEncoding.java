package dev.unroll.text.pipeline.model;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.SubwordModel;
import dev.unroll.text.pipeline.TokenList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Byte-pair encoding (Sennrich et al. 2016, "Neural Machine Translation of Rare Words with Subword
 * Units"): a piece begins as its characters, and the pair of neighbours that was merged first in
 * training is merged, until no pair is left that was.
 */
public final class BytePairEncoding implements SubwordModel {

    private static final char METASPACE = '\u2581';
    private static final int TABLE = 0x3000;

    private final TokenTable vocabulary;
    private final BytePairOptions options;
    private final MergeTable merges;
    private final int[] single = new int[TABLE];
    private final int[] byteIds = new int[256];
    private final int unknownId;
    private final boolean words;
    private final PieceCache cache = new PieceCache();

    /**
     * A model.
     *
     * @param vocabulary of tokens
     * @param merges left and right token by turns, the first merge first
     * @param options of the model
     * @throws IllegalArgumentException if the vocabulary lacks a token of a merge, or the unknown
     *     token
     */
    public BytePairEncoding(TokenTable vocabulary, List<String> merges, BytePairOptions options) {
        this(vocabulary, merges, IntStream.range(0, merges.size() / 2).toArray(), options);
    }

    /**
     * A model some of whose merges are equally early; of these the leftmost is made first.
     *
     * @param vocabulary of tokens
     * @param merges left and right token by turns
     * @param ranks of the merges, the earliest the lowest
     * @param options of the model
     * @throws IllegalArgumentException if the vocabulary lacks a token of a merge, or the unknown
     *     token
     */
    public BytePairEncoding(
            TokenTable vocabulary, List<String> merges, int[] ranks, BytePairOptions options) {
        this.vocabulary = vocabulary;
        this.options = options;
        this.merges = new MergeTable(merges.size() / 2);
        String unknown = options.unknown();
        this.unknownId = unknown == null ? -1 : needed(unknown);
        boolean cuttable = vocabulary.id(String.valueOf(METASPACE)).isPresent();
        for (int i = 0; i + 1 < merges.size(); i += 2) {
            String left = merges.get(i);
            String right = merges.get(i + 1);
            if (!right.startsWith(options.prefix())) {
                throw new IllegalArgumentException(
                        "merge %d: '%s' does not begin with the prefix '%s'"
                                .formatted(i / 2, right, options.prefix()));
            }
            int result = needed(left + right.substring(options.prefix().length()));
            this.merges.put(needed(left), needed(right), ranks[i / 2], result);
            cuttable &= right.charAt(0) != METASPACE || left.charAt(left.length() - 1) == METASPACE;
        }
        this.words = cuttable && options.prefix().isEmpty() && options.suffix().isEmpty();
        for (int unit = 0; unit < TABLE; unit++) {
            single[unit] = vocabulary.find(String.valueOf((char) unit), 0, 1);
        }
        for (int value = 0; value < byteIds.length; value++) {
            byteIds[value] = vocabulary.id("<0x%02X>".formatted(value)).orElse(-1);
        }
    }

    private int needed(String token) {
        if (token.isEmpty()) {
            throw new IllegalArgumentException("a token of the merges is empty");
        }
        return vocabulary
                .id(token)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the vocabulary lacks the token '%s'".formatted(token)));
    }

    @Override
    public void encode(AlignedText piece, TokenList tokens) {
        int length = piece.length();
        if (options.wholeFirst()) {
            int id = vocabulary.find(piece, 0, length);
            if (id >= 0) {
                tokens.add(id, piece, 0, length);
                return;
            }
        }
        if (!words) {
            part(piece, 0, length, tokens);
            return;
        }
        // No token goes on behind the end of a word: its parts can be cut, and remembered, alone.
        int from = 0;
        for (int i = 1; i < length; i++) {
            if (piece.charAt(i) == METASPACE && piece.charAt(i - 1) != METASPACE) {
                part(piece, from, i, tokens);
                from = i;
            }
        }
        part(piece, from, length, tokens);
    }

    private void part(AlignedText piece, int from, int to, TokenList tokens) {
        if (to - from > PieceCache.LONGEST) {
            Word word = characters(piece, from, to);
            word.merge(merges);
            word.addTo(tokens, piece);
            return;
        }
        long hash = TokenTable.hash(piece, from, to);
        PieceCache.Piece known = cache.find(piece, from, to, hash);
        if (known == null) {
            Word word = characters(piece, from, to);
            word.merge(merges);
            known = word.piece(piece.slice(from, to).toString(), hash, from);
            cache.put(known);
        }
        int start = from;
        int before = from;
        for (int i = 0; i < known.ids().length; i++) {
            int end = from + known.ends()[i];
            if (end > start) {
                before = start;
                start = end;
            }
            tokens.add(known.ids()[i], piece, before, end); // the bytes of a character end together
        }
    }

    /** The piece as tokens of single characters. */
    private Word characters(AlignedText piece, int from, int to) {
        Word word = new Word(to - from, from);
        int next;
        int unknownEnd = -1;
        for (int i = from; i < to; i = next) {
            int codePoint = piece.codePointAt(i);
            next = i + Character.charCount(codePoint);
            int id = character(piece, i, next, i > 0, next == piece.length());
            if (id >= 0) {
                unknownEnd = flush(word, unknownEnd);
                word.add(id, next);
            } else if (options.byteFallback() && addBytes(word, piece, i, next)) {
                // its bytes are the tokens
            } else if (unknownId >= 0) {
                if (unknownEnd >= 0 && !options.fusesUnknown()) {
                    flush(word, unknownEnd);
                }
                unknownEnd = next;
            }
        }
        flush(word, unknownEnd);
        return word;
    }

    private int flush(Word word, int unknownEnd) {
        if (unknownEnd >= 0) {
            word.add(unknownId, unknownEnd);
        }
        return -1;
    }

    private int character(AlignedText piece, int from, int to, boolean inside, boolean last) {
        boolean plain =
                (!inside || options.prefix().isEmpty()) && (!last || options.suffix().isEmpty());
        if (plain) {
            char unit = piece.charAt(from);
            return unit < TABLE ? single[unit] : vocabulary.find(piece, from, to);
        }
        String token =
                (inside ? options.prefix() : "")
                        + piece.slice(from, to)
                        + (last ? options.suffix() : "");
        return vocabulary.find(token, 0, token.length());
    }

    private boolean addBytes(Word word, AlignedText piece, int from, int to) {
        byte[] bytes = piece.slice(from, to).toString().getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            if (byteIds[one & 0xFF] < 0) {
                return false;
            }
        }
        for (byte one : bytes) {
            word.add(byteIds[one & 0xFF], to);
        }
        return true;
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

    /** A piece while its tokens are merged. */
    private static final class Word {

        private static final int SHORT = 24;

        private int[] ids;
        private int[] ends;
        private int size;
        private final int origin;

        Word(int length, int origin) {
            this.ids = new int[length + 4];
            this.ends = new int[length + 4];
            this.origin = origin;
        }

        void add(int id, int end) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * size);
                ends = Arrays.copyOf(ends, 2 * size);
            }
            ids[size] = id;
            ends[size++] = end;
        }

        void merge(MergeTable merges) {
            if (size <= SHORT) {
                mergeByScanning(merges);
            } else {
                size = new MergeQueue(merges, ids, ends, size).merge();
            }
        }

        private void mergeByScanning(MergeTable merges) {
            int[] places = new int[size];
            for (int i = 0; i + 1 < size; i++) {
                places[i] = merges.find(ids[i], ids[i + 1]);
            }
            while (true) {
                int best = -1;
                int lowest = Integer.MAX_VALUE;
                for (int i = 0; i + 1 < size; i++) {
                    if (places[i] >= 0 && merges.rank(places[i]) < lowest) {
                        lowest = merges.rank(places[i]);
                        best = i;
                    }
                }
                if (best < 0) {
                    return;
                }
                ids[best] = merges.merged(places[best]);
                ends[best] = ends[best + 1];
                int behind = size - best - 2;
                System.arraycopy(ids, best + 2, ids, best + 1, behind);
                System.arraycopy(ends, best + 2, ends, best + 1, behind);
                System.arraycopy(places, best + 2, places, best + 1, behind);
                size--;
                if (best + 1 < size) {
                    places[best] = merges.find(ids[best], ids[best + 1]);
                }
                if (best > 0) {
                    places[best - 1] = merges.find(ids[best - 1], ids[best]);
                }
            }
        }

        void addTo(TokenList tokens, AlignedText piece) {
            int start = origin;
            int before = origin;
            for (int i = 0; i < size; i++) {
                if (ends[i] > start) {
                    before = start;
                    start = ends[i];
                }
                tokens.add(ids[i], piece, before, ends[i]);
            }
        }

        PieceCache.Piece piece(String text, long hash, int from) {
            int[] relative = new int[size];
            for (int i = 0; i < size; i++) {
                relative[i] = ends[i] - from;
            }
            return new PieceCache.Piece(text, hash, Arrays.copyOf(ids, size), relative);
        }
    }
}
