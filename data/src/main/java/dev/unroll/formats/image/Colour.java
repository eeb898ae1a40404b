package dev.unroll.formats.image;

/**
 * A colour in sRGB, as images store it.
 *
 * @param red 0 to 1
 * @param green 0 to 1
 * @param blue 0 to 1
 */
public record Colour(float red, float green, float blue) {
    public static final Colour WHITE = new Colour(1, 1, 1);
    public static final Colour BLACK = new Colour(0, 0, 0);

    /** Checks that each of the three numbers is from 0 to 1. */
    public Colour {
        requireShare("red", red);
        requireShare("green", green);
        requireShare("blue", blue);
    }

    /** One of its three numbers: 0 red, 1 green, 2 blue. */
    float channel(int c) {
        return switch (c) {
            case 0 -> red;
            case 1 -> green;
            case 2 -> blue;
            default -> throw new IllegalArgumentException("a colour has no channel " + c);
        };
    }

    /** {@return the lightness of the colour, 0 to 1 (ITU-R BT.601)} */
    float grey() {
        return 0.299f * red + 0.587f * green + 0.114f * blue;
    }

    private static void requireShare(String name, float value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + ": a number from 0 to 1, not " + value);
        }
    }
}
