package dev.unroll.data.sets;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * One way a date is written: a style of a locale, from the JDK's copy of Unicode's CLDR.
 *
 * @param tag the locale's language tag, such as {@code en-US}
 * @param formatter writes it
 * @param twoDigitYear whether only the year's last two digits are written
 */
record DateFormat(String tag, DateTimeFormatter formatter, boolean twoDigitYear) {

    private static final LocalDate SAMPLE = LocalDate.of(2018, 6, 5);

    static DateFormat of(String tag, FormatStyle style) {
        DateTimeFormatter formatter =
                DateTimeFormatter.ofLocalizedDate(style).withLocale(Locale.forLanguageTag(tag));
        return new DateFormat(tag, formatter, !formatter.format(SAMPLE).contains("2018"));
    }

    /** The date as this format writes it, normalised. */
    String write(LocalDate day) {
        return Dates.normalise(formatter.format(day));
    }

    /** The first year whose dates are written this way. */
    int firstYear() {
        return twoDigitYear ? 2000 : 1600;
    }

    /** The last year whose dates are written this way. */
    int lastYear() {
        return twoDigitYear ? 2099 : 2399;
    }
}
