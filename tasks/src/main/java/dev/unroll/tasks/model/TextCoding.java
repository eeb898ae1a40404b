package dev.unroll.tasks.model;

/** How a network's texts become numbers: tokens, shortened to a limit, and special tokens. */
public interface TextCoding {

    /**
     * {@return the tokens of a text that stay, with special tokens around them}
     *
     * @param text of any length
     */
    int[] encode(String text);

    /**
     * {@return where the tokens of {@link #encode} lie in the text}
     *
     * @param text of any length
     */
    Spans spans(String text);

    /** {@return the most tokens of a text that stay, special ones aside} */
    int maxTokens();

    /** {@return how many tokens there are} */
    int vocabulary();

    /** {@return how many tokens may go through the network together, for its memory's sake} */
    int together();

    /**
     * Where tokens lie in a text.
     *
     * @param front special tokens before the first token of the text
     * @param begin where in the text the first of them begins, in UTF-16 units
     * @param ends where each ends; none less than the one before
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Spans(int front, int begin, int[] ends) {}
}
