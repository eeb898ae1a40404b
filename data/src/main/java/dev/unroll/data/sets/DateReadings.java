package dev.unroll.data.sets;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Every day that a string can mean, over all formats and all years at once.
 *
 * <p>With its numbers blanked out, what is left of a written date depends only on the format, the
 * month and the day of the week. So the formats are filed under what is left, and a string is read
 * by giving its numbers every possible part, and keeping the days that the format would write as
 * exactly this string.
 */
final class DateReadings {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** In these every month meets every day of the week and numbers of one and of two digits. */
    private static final List<LocalDate> SAMPLES =
            LocalDate.of(2018, 1, 1)
                    .datesUntil(LocalDate.of(2019, 1, 1))
                    .filter(day -> day.getDayOfMonth() <= 14)
                    .toList();

    /** The formats and months by the string that they leave when its numbers are blanked out. */
    private final Map<String, Set<Reading>> readings = new HashMap<>();

    /** A format that may have written the string, in this month. */
    private record Reading(DateFormat format, int month) {}

    DateReadings(Collection<DateFormat> formats) {
        Set<List<String>> alike = new HashSet<>();
        for (DateFormat format : formats) {
            List<String> written = SAMPLES.stream().map(format::write).toList();
            if (alike.add(written)) {
                for (int i = 0; i < written.size(); i++) {
                    String rest = NUMBER.matcher(written.get(i)).replaceAll("0");
                    readings.computeIfAbsent(rest, _ -> new HashSet<>())
                            .add(new Reading(format, SAMPLES.get(i).getMonthValue()));
                }
            }
        }
    }

    /** The days, in order, that some format writes as this string. */
    Set<LocalDate> days(String text) {
        int[] numbers =
                NUMBER.matcher(text)
                        .results()
                        .filter(number -> number.group().length() <= 4)
                        .mapToInt(number -> Integer.parseInt(number.group()))
                        .toArray();
        Set<LocalDate> days = new TreeSet<>();
        for (Reading reading :
                readings.getOrDefault(NUMBER.matcher(text).replaceAll("0"), Set.of())) {
            for (int year = 0; year < numbers.length; year++) {
                for (int day = 0; day < numbers.length; day++) {
                    if (day != year && monthFits(reading, numbers, year, day)) {
                        day(reading, numbers[year], numbers[day])
                                .filter(found -> reading.format().write(found).equals(text))
                                .ifPresent(days::add);
                    }
                }
            }
        }
        return days;
    }

    /** A number that is neither the year nor the day has to be the month. */
    private static boolean monthFits(Reading reading, int[] numbers, int year, int day) {
        for (int i = 0; i < numbers.length; i++) {
            if (i != year && i != day && numbers[i] != reading.month()) {
                return false;
            }
        }
        return true;
    }

    private static Optional<LocalDate> day(Reading reading, int year, int dayOfMonth) {
        DateFormat format = reading.format();
        int fullYear = format.twoDigitYear() ? 2000 + year : year;
        if (fullYear < format.firstYear() || fullYear > format.lastYear()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(fullYear, reading.month(), dayOfMonth));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
