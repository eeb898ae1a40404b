package dev.unroll.data.sets;

import dev.unroll.data.Pair;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The quickstart's data, which needs no download: dates as people write them in {@link #LOCALES},
 * to be turned into ISO 8601, such as {@code mardi 5 juin 2018} into {@code 2018-06-05}.
 *
 * <p>The formats are the JDK's own (Unicode CLDR): full, long, medium and short for each locale.
 * The years are 1600 to 2399 of the Gregorian calendar. Where a format leaves out the century, the
 * years are 2000 to 2099, which is also how the JDK reads such a year.
 *
 * <p>All sources are {@linkplain #normalise normalised}; do the same to what is to be translated. A
 * string that means different days in different locales carries its locale in front, {@code [en-us]
 * 6/5/18} and {@code [es-es] 6/5/18}; one that means the same day everywhere does not. A date with
 * a four-digit year and only numbers is never ambiguous here: of these locales, the one that puts
 * the month before the day (en-US) writes two-digit years.
 *
 * <p>What is held out is whole days: no held-out day is in the training set in any locale or
 * format. About a tenth of all days are held out, and 2018-06-05 always is. No list has the same
 * source twice.
 *
 * <p>The same seed gives the same set on the same release of the JDK; another release may bring
 * another CLDR.
 *
 * @param training pairs of a written date and its ISO form
 * @param heldOut the same for days that are not in {@code training}
 */
public record Dates(List<Pair> training, List<Pair> heldOut) {

    /** The locales' language tags. */
    public static final List<String> LOCALES =
            List.of(
                    "bg-BG", "ca-ES", "cs-CZ", "da-DK", "de-CH", "de-DE", "el-GR", "en-CA", "en-GB",
                    "en-US", "es-ES", "es-MX", "et-EE", "fi-FI", "fr-CA", "fr-FR", "hr-HR", "hu-HU",
                    "id-ID", "is-IS", "it-IT", "ja-JP", "ko-KR", "lt-LT", "lv-LV", "nb-NO", "nl-NL",
                    "pl-PL", "pt-BR", "pt-PT", "ro-RO", "ru-RU", "sk-SK", "sl-SI", "sv-SE", "tr-TR",
                    "uk-UA", "zh-CN");

    /** The most examples of one list; far below the number there are. */
    public static final int MOST_EXAMPLES = 200_000;

    private static final LocalDate ALWAYS_HELD_OUT = LocalDate.of(2018, 6, 5);
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    public Dates {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Writes dates at random: any locale and any of its formats equally often.
     *
     * @param seed decides which days are held out and which examples are drawn
     * @param trainCount examples to train on, 0 to {@link #MOST_EXAMPLES}
     * @param heldOutCount examples to test on, 0 to {@link #MOST_EXAMPLES}
     * @throws IllegalArgumentException if a count is out of range
     * @throws IllegalStateException if this Java runtime lacks the data of a locale
     */
    public static Dates generate(long seed, int trainCount, int heldOutCount) {
        requireCount("training", trainCount);
        requireCount("held-out", heldOutCount);
        List<DateFormat> formats = formats();
        DateReadings readings = new DateReadings(formats);
        SplittableRandom random = new SplittableRandom(seed);
        List<Pair> training = draw(formats, readings, seed, false, trainCount, random.split());
        List<Pair> heldOut = draw(formats, readings, seed, true, heldOutCount, random.split());
        return new Dates(training, heldOut);
    }

    /**
     * The form in which dates are read and written here: composed (NFC), lower case, one plain
     * space where there was any white space, none at either end.
     */
    public static String normalise(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return SPACES.matcher(composed).replaceAll(" ").strip();
    }

    /** {@return whether a day is kept out of the training set of this seed} */
    public static boolean isHeldOut(long seed, LocalDate day) {
        long mixed = new SplittableRandom(seed).nextLong() + day.toEpochDay();
        return day.equals(ALWAYS_HELD_OUT) || new SplittableRandom(mixed).nextInt(10) == 0;
    }

    /** Every format of every locale. */
    static List<DateFormat> formats() {
        Set<String> known =
                Locale.availableLocales().map(Locale::toLanguageTag).collect(Collectors.toSet());
        List<String> missing = LOCALES.stream().filter(tag -> !known.contains(tag)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "dates: this Java runtime has no data for the locales "
                            + missing
                            + ": use a full JDK, or add the module jdk.localedata to the runtime");
        }
        return LOCALES.stream()
                .flatMap(
                        tag ->
                                Arrays.stream(FormatStyle.values())
                                        .map(style -> DateFormat.of(tag, style)))
                .toList();
    }

    /** The source for a day: as the format writes it, with the locale if that could mislead. */
    static String source(DateFormat format, LocalDate day, DateReadings readings) {
        String text = format.write(day);
        return readings.days(text).size() == 1
                ? text
                : "[" + format.tag().toLowerCase(Locale.ROOT) + "] " + text;
    }

    private static List<Pair> draw(
            List<DateFormat> formats,
            DateReadings readings,
            long seed,
            boolean heldOut,
            int count,
            SplittableRandom random) {
        List<Pair> pairs = new ArrayList<>(count);
        Set<String> seen = new HashSet<>();
        while (pairs.size() < count) {
            DateFormat format = formats.get(random.nextInt(formats.size()));
            long first = LocalDate.of(format.firstYear(), 1, 1).toEpochDay();
            long last = LocalDate.of(format.lastYear(), 12, 31).toEpochDay();
            LocalDate day = LocalDate.ofEpochDay(random.nextLong(first, last + 1));
            if (isHeldOut(seed, day) == heldOut) {
                String source = source(format, day, readings);
                if (seen.add(source)) {
                    pairs.add(new Pair(source, day.toString()));
                }
            }
        }
        return Collections.unmodifiableList(pairs);
    }

    private static void requireCount(String list, int count) {
        if (count < 0 || count > MOST_EXAMPLES) {
            throw new IllegalArgumentException(
                    "dates: " + count + " " + list + " examples: give 0 to " + MOST_EXAMPLES);
        }
    }
}
