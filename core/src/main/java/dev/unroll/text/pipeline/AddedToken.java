package dev.unroll.text.pipeline;

/**
 * A token that is found in a text before the model cuts it.
 *
 * @param content as it stands in a text
 * @param id of the token
 * @param singleWord whether it counts only where no letter, digit or underscore touches it
 * @param leftStrip whether white space to its left belongs to it
 * @param rightStrip whether white space to its right belongs to it
 * @param normalized whether it is looked for in the normalised text, itself normalised
 * @param special whether decoding can leave it out
 */
public record AddedToken(
        String content,
        int id,
        boolean singleWord,
        boolean leftStrip,
        boolean rightStrip,
        boolean normalized,
        boolean special) {

    /** Checks the content and the id. */
    public AddedToken {
        if (content.isEmpty()) {
            throw new IllegalArgumentException("an added token is empty; it needs a content");
        }
        if (id < 0) {
            throw new IllegalArgumentException(
                    "added token '%s' has the id %d; ids are at least 0".formatted(content, id));
        }
    }

    /**
     * {@return a special token, found as it is written}
     *
     * @param content as it stands in a text
     * @param id of the token
     */
    public static AddedToken special(String content, int id) {
        return new AddedToken(content, id, false, false, false, false, true);
    }
}
