package dev.unroll.text;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One token for each word, number, punctuation mark or symbol, written with the one space before
 * it; other white space makes tokens of its own. {@code "Well, yes!"} is {@code " Well" "," " yes"
 * "!"}.
 *
 * <p>So tokens laid end to end give the text back, and a word is the same token at the beginning of
 * a text as inside it (see {@link LeadingSpace#ADDED}).
 *
 * @param vocabulary the special tokens, then words
 * @param normalization what is done to a text first
 */
public record WordTokenizer(Vocabulary vocabulary, Normalization normalization)
        implements Tokenizer {

    /**
     * The regular expression of a token: letters, marks and digits in a row, or any one other
     * character, each with the space before it if there is one; or white space. {@code \s} means
     * Unicode's white space.
     */
    public static final String PATTERN =
            " ?[\\p{L}\\p{M}\\p{N}]+| ?[^\\s\\p{L}\\p{M}\\p{N}]|\\s+(?!\\S)|\\s+";

    private static final Pattern TOKEN = Pattern.compile(PATTERN, Pattern.UNICODE_CHARACTER_CLASS);

    /**
     * Learns the most frequent words of the texts.
     *
     * @param texts the training texts
     * @param options the size of the vocabulary and how texts are normalised
     * @return the tokenizer
     */
    public static WordTokenizer train(Iterable<String> texts, TokenizerOptions options) {
        TokenFrequencies frequencies = new TokenFrequencies();
        for (String text : texts) {
            split(options.normalization().apply(text), frequencies::count);
        }
        return new WordTokenizer(frequencies.vocabulary(options), options.normalization());
    }

    @Override
    public int[] encode(String text) {
        TokenIds ids = new TokenIds(text.length() / 4);
        split(normalization.apply(text), word -> ids.add(vocabulary.id(word)));
        return ids.toArray();
    }

    @Override
    public int[] ends(String text) {
        TokenOffsets ends = new TokenOffsets(text, normalization);
        String prepared = LeadingSpace.ADDED.before(ends.normalised());
        int added = prepared.length() - ends.normalised().length();
        Matcher matcher = TOKEN.matcher(prepared);
        while (matcher.find()) {
            ends.add(matcher.end() - added);
        }
        return ends.toArray();
    }

    @Override
    public String decode(int[] ids) {
        return LeadingSpace.ADDED.without(vocabulary.joined(ids));
    }

    @Override
    public String show(int[] ids) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(
                    id == vocabulary.unknown()
                            ? " " + Vocabulary.UNKNOWN
                            : vocabulary.joined(new int[] {id}));
        }
        return LeadingSpace.ADDED.without(text.toString());
    }

    private static void split(String text, Consumer<String> words) {
        Matcher matcher = TOKEN.matcher(LeadingSpace.ADDED.before(text));
        while (matcher.find()) {
            words.accept(matcher.group());
        }
    }
}
