package dev.unroll.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Text to token numbers and back.
 *
 * <p>Every tokenizer here is lossless on text it knows: {@code decode(encode(text))} is the text
 * after its {@linkplain #normalization() normalisation}, white space included. Byte-pair encoding
 * knows every text; {@link CharacterTokenizer} and {@link WordTokenizer} know the texts whose
 * characters or words are in the vocabulary, and encode anything else as {@link
 * Vocabulary#UNKNOWN}.
 *
 * <p>A tokenizer of one's own implements this interface; it is immutable and safe for use by many
 * threads, as those here are, and keeps the three special tokens of {@link Vocabulary} in front of
 * its own.
 */
public interface Tokenizer {

    /**
     * Cuts a text into tokens. No special token is added, and none is recognised: {@code <s>}
     * written in a text is three ordinary characters.
     *
     * @param text of any length
     * @return the ids of the tokens, in order
     */
    int[] encode(String text);

    /**
     * Where the tokens of a text end: of each of {@link #encode}'s tokens the place behind it in
     * the text as it was typed, before its {@linkplain #normalization() normalisation}. Tokens that
     * share a character end together, behind the last of them; one that holds nothing of the text,
     * such as a {@linkplain LeadingSpace#ADDED space put before it}, ends at 0.
     *
     * @param text as it was typed
     * @return [tokens], in UTF-16 units, from 0 to the text's length, none less than the one before
     */
    int[] ends(String text);

    /**
     * Puts the text of some tokens together. Special tokens ({@code <unk>}, {@code <s>}, {@code
     * </s>}) have no text and are passed over.
     *
     * @param ids of the tokens
     * @return their text
     * @throws IllegalArgumentException if an id lies outside the vocabulary
     */
    String decode(int[] ids);

    /**
     * Puts the text of some tokens together as {@link #decode} does, and shows each unknown token
     * as {@value Vocabulary#UNKNOWN}, so that nobody takes the text for whole.
     *
     * @param ids of the tokens
     * @return their text
     * @throws IllegalArgumentException if an id lies outside the vocabulary
     */
    default String show(int[] ids) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == vocabulary().unknown()) {
                text.append(decode(Arrays.copyOfRange(ids, from, i))).append(Vocabulary.UNKNOWN);
                from = i + 1;
            }
        }
        return text.append(decode(Arrays.copyOfRange(ids, from, ids.length))).toString();
    }

    /**
     * The parts of a text that are not in the vocabulary, such as words: a model cannot tell one of
     * them from another.
     *
     * @param text as it was typed
     * @return each as it was typed, without the space before it, in order
     */
    default List<String> unknown(String text) {
        int[] ids = encode(text);
        List<String> unknown = new ArrayList<>();
        if (Arrays.stream(ids).anyMatch(id -> id == vocabulary().unknown())) {
            int[] ends = ends(text);
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] == vocabulary().unknown()) {
                    unknown.add(text.substring(i == 0 ? 0 : ends[i - 1], ends[i]).strip());
                }
            }
        }
        return unknown;
    }

    /** {@return the tokens that this tokenizer can produce} */
    Vocabulary vocabulary();

    /** {@return what is done to a text before it is cut into tokens} */
    Normalization normalization();
}
