package dev.unroll.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Byte-pair encoding over bytes: a text is cut into words, each word is written as its bytes in
 * UTF-8, and neighbouring pieces are joined in the order in which training found them most frequent
 * (Sennrich et al. 2016; over bytes: Radford et al. 2019, "Language Models are Unsupervised
 * Multitask Learners").
 *
 * <p>Every byte is a token, so no text is unknown and {@code decode(encode(text))} is always the
 * text after its normalisation. In the vocabulary a byte is written as GPT-2 writes it: a space is
 * Ġ.
 */
public final class BytePairTokenizer implements Tokenizer {

    /**
     * Two tokens that stand side by side become one.
     *
     * @param left the first of the two
     * @param right the second of the two
     */
    public record Merge(String left, String right) {

        /** {@return the token that the two become} */
        public String joined() {
            return left + right;
        }
    }

    /** GPT-2's words: each with the space before it, endings such as 's apart. */
    private static final Pattern WORD =
            Pattern.compile(
                    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+"
                            + "|\\s+(?!\\S)|\\s+",
                    Pattern.UNICODE_CHARACTER_CLASS);

    private static final int REMEMBERED_WORDS = 1 << 16;
    private static final int REMEMBERED_LENGTH = 64;

    private final Vocabulary vocabulary;
    private final List<Merge> merges;
    private final Normalization normalization;
    private final LeadingSpace leadingSpace;

    private final BytePairMerges joins;
    private final int[] idOfByte;
    private final byte[][] bytesOfToken;

    /** Words met before. It only saves time, and stops growing when it is full. */
    private final Map<String, int[]> remembered = new ConcurrentHashMap<>();

    /**
     * A tokenizer from its parts.
     *
     * @param vocabulary the special tokens, the letters of all 256 bytes, and what the merges make
     * @param merges in the order in which they were learned, none twice
     * @param normalization what is done to a text first
     * @param leadingSpace whether a text's first word is written like the others
     * @throws IllegalArgumentException if a byte is missing, a token is not written in the letters
     *     of the bytes, or a merge names a token that is not in the vocabulary
     */
    public BytePairTokenizer(
            Vocabulary vocabulary,
            List<Merge> merges,
            Normalization normalization,
            LeadingSpace leadingSpace) {
        this.vocabulary = vocabulary;
        this.merges = List.copyOf(merges);
        this.normalization = normalization;
        this.leadingSpace = leadingSpace;
        this.joins = new BytePairMerges(this.merges, vocabulary);
        this.idOfByte = new int[256];
        for (int value = 0; value < 256; value++) {
            String letter = ByteAlphabet.letter(value);
            if (!vocabulary.contains(letter)) {
                throw new IllegalArgumentException(
                        "the vocabulary lacks '%s', which stands for the byte %d; all 256 are needed"
                                .formatted(letter, value));
            }
            idOfByte[value] = vocabulary.id(letter);
        }
        this.bytesOfToken = new byte[vocabulary.size()][];
        for (int id = 0; id < bytesOfToken.length; id++) {
            bytesOfToken[id] =
                    vocabulary.isSpecial(id)
                            ? new byte[0]
                            : ByteAlphabet.bytesOf(vocabulary.token(id));
        }
    }

    /**
     * {@return the tokenizer without merges: one token for each byte of a text in UTF-8, with the
     * ids 3 to 258 behind the special tokens} Nothing is learned, so it is the same for all texts.
     *
     * @param normalization what is done to a text first
     */
    public static BytePairTokenizer ofBytes(Normalization normalization) {
        return new BytePairTokenizer(
                Vocabulary.withSpecials(ByteAlphabet.letters()),
                List.of(),
                normalization,
                LeadingSpace.KEPT);
    }

    /**
     * Learns merges from texts; the first word of a text has no space before it.
     *
     * @param texts the training texts
     * @param options the size of the vocabulary and how texts are normalised
     * @return the tokenizer, the same for the same texts in any order
     */
    public static BytePairTokenizer train(Iterable<String> texts, TokenizerOptions options) {
        return train(texts, options, LeadingSpace.KEPT);
    }

    /**
     * Learns merges from texts. The same texts, in any order, give the same tokenizer: of equally
     * frequent pairs the one whose tokens came first is joined first.
     *
     * @param texts the training texts
     * @param options the size of the vocabulary and how texts are normalised
     * @param leadingSpace whether the first word of a text is written like the others
     * @return the tokenizer
     * @throws IllegalArgumentException if the vocabulary has no room for the 256 bytes
     */
    public static BytePairTokenizer train(
            Iterable<String> texts, TokenizerOptions options, LeadingSpace leadingSpace) {
        int least = Vocabulary.SPECIALS.size() + 256;
        if (options.vocabularySize() < least) {
            throw new IllegalArgumentException(
                    "vocabularySize %d: byte-pair encoding needs at least %d, for %s and 256 bytes"
                            .formatted(options.vocabularySize(), least, Vocabulary.SPECIALS));
        }
        TokenFrequencies words = new TokenFrequencies();
        for (String text : texts) {
            split(leadingSpace.before(options.normalization().apply(text)), words::count);
        }
        List<String> tokens = new ArrayList<>(options.vocabularySize());
        tokens.addAll(Vocabulary.SPECIALS);
        tokens.addAll(ByteAlphabet.letters());
        List<Merge> merges = new BytePairTraining(words.asMap(), tokens, options).run();
        return new BytePairTokenizer(
                new Vocabulary(tokens), merges, options.normalization(), leadingSpace);
    }

    @Override
    public int[] encode(String text) {
        TokenIds ids = new TokenIds(text.length() / 3);
        split(leadingSpace.before(normalization.apply(text)), word -> ids.addAll(encodeWord(word)));
        return ids.toArray();
    }

    @Override
    public int[] ends(String text) {
        TokenOffsets ends = new TokenOffsets(text, normalization);
        String prepared = leadingSpace.before(ends.normalised());
        int added = prepared.length() - ends.normalised().length();
        Matcher matcher = WORD.matcher(prepared);
        while (matcher.find()) {
            int end = matcher.start(); // of the characters begun
            int ahead = 0; // bytes of those characters that the tokens so far have not reached
            for (int id : encodeWord(matcher.group())) {
                for (ahead -= bytesOfToken[id].length; ahead < 0; ) {
                    String character = Character.toString(prepared.codePointAt(end));
                    ahead += ByteAlphabet.encode(character).length;
                    end += character.length();
                }
                if (ahead == 0) {
                    ends.add(end - added);
                } else {
                    ends.addWithin();
                }
            }
        }
        return ends.toArray();
    }

    @Override
    public String decode(int[] ids) {
        byte[] bytes = new byte[Math.max(16, ids.length * 4)];
        int length = 0;
        for (int id : ids) {
            if (id < 0 || id >= bytesOfToken.length) {
                vocabulary.token(id); // says what is wrong
            }
            byte[] token = bytesOfToken[id];
            if (length + token.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * length, length + token.length));
            }
            System.arraycopy(token, 0, bytes, length, token.length);
            length += token.length;
        }
        return leadingSpace.without(ByteAlphabet.decode(bytes, length));
    }

    private static void split(String text, Consumer<String> words) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.accept(matcher.group());
        }
    }

    private int[] encodeWord(String word) {
        int[] known = remembered.get(word);
        if (known != null) {
            return known;
        }
        byte[] bytes = ByteAlphabet.encode(word);
        int[] letters = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            letters[i] = idOfByte[bytes[i] & 0xFF];
        }
        int[] ids = joins.apply(letters);
        if (word.length() <= REMEMBERED_LENGTH && remembered.size() < REMEMBERED_WORDS) {
            remembered.put(word, ids);
        }
        return ids;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** {@return the merges in the order in which they were learned} */
    public List<Merge> merges() {
        return merges;
    }

    @Override
    public Normalization normalization() {
        return normalization;
    }

    /** {@return whether the first word of a text is written like the others} */
    public LeadingSpace leadingSpace() {
        return leadingSpace;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BytePairTokenizer that
                && vocabulary.equals(that.vocabulary)
                && merges.equals(that.merges)
                && normalization == that.normalization
                && leadingSpace == that.leadingSpace;
    }

    @Override
    public int hashCode() {
        return 31 * vocabulary.hashCode() + merges.hashCode();
    }

    @Override
    public String toString() {
        return "BytePairTokenizer[%s, %d merges, %s, leading space %s]"
                .formatted(vocabulary, merges.size(), normalization, leadingSpace);
    }
}
