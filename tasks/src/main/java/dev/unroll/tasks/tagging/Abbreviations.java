package dev.unroll.tasks.tagging;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** English abbreviations: words whose dot is theirs, whether or not a sentence ends with them. */
final class Abbreviations {

    private static final Pattern LETTERS = Pattern.compile("(\\p{L}\\.)++");
    private static final Pattern INITIALS = Pattern.compile("(\\p{Lu}\\.)++");

    /** Titles and others that say something of the words behind them. */
    private static final Set<String> LEADING =
            Set.of(
                    "mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "gen.", "sen.", "rep.", "gov.",
                    "lt.", "col.", "maj.", "capt.", "sgt.", "rev.", "mt.", "vs.", "fig.", "approx.",
                    "e.g.", "i.e.");

    private static final Set<String> OTHERS =
            Set.of(
                    "jr.", "sr.", "etc.", "inc.", "ltd.", "co.", "corp.", "no.", "jan.", "feb.",
                    "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec.",
                    "ave.", "dept.");

    private Abbreviations() {}

    /** {@return true if the word with its last dot is an abbreviation} */
    static boolean known(String word) {
        return LETTERS.matcher(word).matches()
                || leads(word)
                || OTHERS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** {@return true if more of the sentence follows, as after {@code Mr.}} */
    static boolean leads(String word) {
        return LEADING.contains(word.toLowerCase(Locale.ROOT));
    }

    /** {@return true for capital letters with dots: {@code J.}, {@code J.K.}, {@code U.S.}} */
    static boolean initials(String word) {
        return INITIALS.matcher(word).matches();
    }
}
