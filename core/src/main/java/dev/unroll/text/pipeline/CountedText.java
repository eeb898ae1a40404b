package dev.unroll.text.pipeline;

/** A text that can be read only so often: a regular expression must come to an end. */
final class CountedText implements CharSequence {

    private static final long READS = 200_000_000;
    private static final long READS_EACH = 2000;

    private final CharSequence text;
    private final int length;
    private long left;

    CountedText(CharSequence text) {
        this.text = text;
        this.length = text.length();
        this.left = READS + READS_EACH * length;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new IllegalArgumentException(
                    "a regular expression of the tokenizer takes too many steps on a text of %d characters; cut the text"
                            .formatted(length));
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
