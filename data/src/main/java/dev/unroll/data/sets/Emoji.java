package dev.unroll.data.sets;

import dev.unroll.formats.image.Image;

/**
 * An emoji as two artists draw it.
 *
 * @param code its code points in hexadecimal, such as {@code 1f44b-1f3fb}
 * @param base the code of the same emoji without skin tones; its own where there are none
 * @param name from Unicode's CLDR, such as {@code waving hand: light skin tone}
 * @param google Google's drawing, 64 x 64, over white
 * @param twitter Twitter's drawing, 64 x 64, over white
 */
public record Emoji(String code, String base, String name, Image google, Image twitter) {

    /** {@return whether the emoji has a skin tone} */
    public boolean hasSkinTone() {
        return !code.equals(base);
    }
}
