package dev.unroll.tasks.recipe;

import java.io.Reader;
import java.util.Objects;

/**
 * Reads a text in pieces none of which ends within a character: the YAML library reads beyond its
 * buffer when the first half of a surrogate pair comes last in it.
 */
final class WholeCharacters extends Reader {
    private final String text;
    private int at;

    WholeCharacters(String text) {
        this.text = text;
    }

    @Override
    public int read(char[] to, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, to.length);
        int count = Math.min(length, text.length() - at);
        if (count == 0) {
            return length == 0 ? 0 : -1;
        }
        if (count > 1 && Character.isHighSurrogate(text.charAt(at + count - 1))) {
            count--;
        }
        text.getChars(at, at + count, to, offset);
        at += count;
        return count;
    }

    @Override
    public void close() {}
}
