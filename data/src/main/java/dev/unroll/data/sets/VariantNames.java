package dev.unroll.data.sets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes from a name the words that only tell variants of one drawing apart. Drawings whose names
 * are equal afterwards belong to one family.
 */
final class VariantNames {

    private static final Set<String> ICONS =
            words(
                    """
                    outline variant filled off left right up down top bottom horizontal vertical
                    high low medium small large thin thick bold big light dark empty full half
                    slab sharp one two three four five six seven eight nine ten eleven twelve
                    zero""");

    private static final Set<String> EMOJI =
            words(
                    """
                    man woman men women person people boy girl boys girls male female mr mrs mx
                    lord lady prince princess king queen merman mermaid merperson old older baby
                    child facing left right up down leftwards rightwards raised oncoming red
                    orange yellow green blue purple brown black white grey gray pink light dark
                    large small medium one two three four five six seven eight nine ten eleven
                    twelve first second third 0 1 2 3 4 5 6 7 8 9 10 button selected""");

    private VariantNames() {}

    /**
     * An icon's name without "outline", "off", "left" and the like, and digits. What is drawn
     * beside or around a thing (a plus, a box) stays: an account with a plus may be asked where an
     * account and a plus were learnt.
     */
    static String ofIcon(String name) {
        List<String> words = Arrays.asList(name.toLowerCase(Locale.ROOT).split("[- ]+"));
        List<String> rest =
                words.stream()
                        .filter(w -> !ICONS.contains(w) && !w.matches("[0-9].*|[a-z]"))
                        .toList();
        return rest.isEmpty() ? words.getFirst() : String.join(" ", rest);
    }

    /**
     * An emoji's name up to a colon or "with", without gender, age, colour, size, direction and
     * number. Flags keep what comes after the colon.
     */
    static String ofEmoji(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String kept = lower.startsWith("flag:") ? lower : lower.replaceFirst("(:| with ).*", "");
        List<String> words = Arrays.asList(kept.split("[^\\p{L}\\p{M}\\p{N}]+"));
        List<String> rest =
                words.stream()
                        .filter(w -> !w.isEmpty() && !EMOJI.contains(w))
                        .map(w -> w.equals("thirty") ? "clock" : w)
                        .toList();
        return rest.isEmpty() ? words.getFirst() : String.join(" ", rest);
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }
}
