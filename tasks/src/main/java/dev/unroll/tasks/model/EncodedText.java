package dev.unroll.tasks.model;

import dev.unroll.text.pipeline.Encoding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text, or two that are read together, as token numbers.
 *
 * @param ids [tokens], with special tokens
 * @param parts [tokens], 0 for the first of two texts and 1 for the second
 */
@SuppressWarnings("ArrayRecordComponent") // compared by their contents below
public record EncodedText(int[] ids, int[] parts) {
    /** Checks that each token is of a part. */
    public EncodedText {
        if (ids.length != parts.length) {
            throw new IllegalArgumentException(
                    "%d tokens and %d parts; one for each token is needed"
                            .formatted(ids.length, parts.length));
        }
    }

    /** {@return one text} */
    public static EncodedText of(int... ids) {
        return new EncodedText(ids, new int[ids.length]);
    }

    /** {@return what a tokenizer made of a text or two} */
    static EncodedText of(Encoding encoding) {
        return new EncodedText(encoding.ids(), encoding.types());
    }

    /** {@return how many tokens there are} */
    public int length() {
        return ids.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EncodedText that
                && Arrays.equals(ids, that.ids)
                && Arrays.equals(parts, that.parts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "EncodedText[ids=%s, parts=%s]"
                .formatted(Arrays.toString(ids), Arrays.toString(parts));
    }
}
