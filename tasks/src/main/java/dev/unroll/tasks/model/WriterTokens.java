package dev.unroll.tasks.model;

import dev.unroll.decode.NextToken;
import dev.unroll.decode.RankedNextToken;
import dev.unroll.text.Normalization;
import dev.unroll.text.Tokenizer;
import java.util.Arrays;
import java.util.List;

/** How a network that writes sees texts: as tokens, some of which begin and end a text. */
public interface WriterTokens {

    /** {@return the tokens of a text that is gone on with} */
    int[] prompt(String text);

    /**
     * {@return the tokens of a text that is read whole, with what ends it}
     *
     * @param text of any length
     * @param most how many at most; longer texts lose their last tokens
     */
    int[] source(String text, int most);

    /** {@return how many special tokens stand around those of a text in {@link #source}} */
    int around();

    /** {@return the text of tokens; unknown ones are shown, other special ones are not} */
    String show(int[] ids);

    /** {@return the parts of a text that the network does not know, in order} */
    List<String> unknown(String text);

    /** {@return whether a token stands for what is not known} */
    boolean isUnknown(int id);

    /** {@return whether a token stands for no text} */
    boolean isSpecial(int id);

    /** {@return whether a text may go on with a token where it must not end} */
    boolean goesOn(int id);

    /** {@return the token that a network writes its first one behind} */
    int start();

    /** {@return the token that ends what is written} */
    int end();

    /** {@return what is done to a text before it is cut into tokens} */
    Normalization normalization();

    /** {@return the next tokens without those that must not come} */
    default NextToken allowed(RankedNextToken next) {
        return next;
    }

    /**
     * Those of a tokenizer of Unroll's own.
     *
     * @param tokenizer that a run was trained with
     */
    record Own(Tokenizer tokenizer) implements WriterTokens {
        @Override
        public int[] prompt(String text) {
            return tokenizer.encode(text);
        }

        @Override
        public int[] source(String text, int most) {
            int[] ids = tokenizer.encode(text);
            int read = Math.min(ids.length, most - 1);
            int[] ended = Arrays.copyOf(ids, read + 1);
            ended[read] = end();
            return ended;
        }

        @Override
        public int around() {
            return 1;
        }

        @Override
        public String show(int[] ids) {
            return tokenizer.show(ids);
        }

        @Override
        public List<String> unknown(String text) {
            return tokenizer.unknown(text);
        }

        @Override
        public boolean isUnknown(int id) {
            return id == tokenizer.vocabulary().unknown();
        }

        @Override
        public boolean isSpecial(int id) {
            return tokenizer.vocabulary().isSpecial(id);
        }

        @Override
        public boolean goesOn(int id) {
            return !isSpecial(id);
        }

        @Override
        public int start() {
            return tokenizer.vocabulary().start();
        }

        @Override
        public int end() {
            return tokenizer.vocabulary().end();
        }

        @Override
        public Normalization normalization() {
            return tokenizer.normalization();
        }
    }
}
