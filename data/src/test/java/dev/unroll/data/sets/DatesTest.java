package dev.unroll.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Pair;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

    private static final List<DateFormat> FORMATS = Dates.formats();
    private static final DateReadings READINGS = new DateReadings(FORMATS);
    private static final Dates DATES = Dates.generate(7, 20_000, 2_000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fr-FR | mardi 5 juin 2018",
                "fr-FR | 5 juin 2018",
                "de-DE | dienstag, 5. juni 2018",
                "es-ES | martes, 5 de junio de 2018",
                "ja-JP | 2018年6月5日火曜日",
                "en-US | tuesday, june 5, 2018",
                "en-GB | 5 june 2018",
                "en-US | 6/5/18",
            })
    void each_locale_writes_the_date_as_its_people_do(String tag, String text) {
        LocalDate day = LocalDate.of(2018, 6, 5);
        assertThat(FORMATS.stream().filter(f -> f.tag().equals(tag)).map(f -> f.write(day)))
                .contains(text);
    }

    @Test
    void there_are_at_least_thirty_locales_and_several_centuries() {
        assertThat(Dates.LOCALES).hasSizeGreaterThanOrEqualTo(30).doesNotHaveDuplicates();
        assertThat(DATES.training().stream().map(pair -> pair.target().substring(0, 2)))
                .contains("16", "17", "18", "19", "20", "21", "22", "23");
    }

    @Test
    void no_held_out_day_is_in_the_training_set() {
        assertThat(Collections.disjoint(days(DATES.training()), days(DATES.heldOut()))).isTrue();
        assertThat(DATES.training()).hasSize(20_000);
        assertThat(DATES.heldOut()).hasSize(2_000);
        assertThat(Dates.isHeldOut(7, LocalDate.of(2018, 6, 5))).isTrue();
    }

    @Test
    void no_source_comes_twice() {
        assertThat(DATES.training().stream().map(Pair::source)).doesNotHaveDuplicates();
        assertThat(DATES.heldOut().stream().map(Pair::source)).doesNotHaveDuplicates();
    }

    @Test
    void the_same_seed_gives_the_same_set_and_another_seed_another() {
        assertThat(Dates.generate(7, 20_000, 2_000)).isEqualTo(DATES);
        assertThat(Dates.generate(8, 100, 10).training())
                .isNotEqualTo(Dates.generate(7, 100, 10).training());
    }

    @ParameterizedTest
    @ValueSource(ints = {1600, 1899, 2018, 2399})
    void within_a_year_the_readings_of_a_string_are_all_days_that_are_written_so(int year) {
        assertReadingsAreComplete(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31), false);
    }

    @Test
    void within_a_century_the_readings_of_a_short_year_are_all_days_that_are_written_so() {
        assertReadingsAreComplete(LocalDate.of(2000, 1, 1), LocalDate.of(2099, 12, 31), true);
    }

    @Test
    void a_string_that_means_two_days_carries_its_locale() {
        DateFormat american = format("en-US", "6/5/18");
        DateFormat spanish = format("es-ES", "5/6/18");
        LocalDate day = LocalDate.of(2018, 6, 5);
        assertThat(READINGS.days("6/5/18"))
                .containsExactly(LocalDate.of(2018, 5, 6), LocalDate.of(2018, 6, 5));
        assertThat(Dates.source(american, day, READINGS)).isEqualTo("[en-us] 6/5/18");
        assertThat(Dates.source(spanish, day, READINGS)).isEqualTo("[es-es] 5/6/18");
        assertThat(Dates.source(american, LocalDate.of(2018, 6, 25), READINGS))
                .isEqualTo("6/25/18");
    }

    @Test
    void no_source_means_two_days() {
        Map<String, String> targets = new HashMap<>();
        for (List<Pair> pairs : List.of(DATES.training(), DATES.heldOut())) {
            for (Pair pair : pairs) {
                assertThat(targets.put(pair.source(), pair.target())).isNull();
                if (!pair.source().startsWith("[")) {
                    assertThat(READINGS.days(pair.source()))
                            .containsExactly(LocalDate.parse(pair.target()));
                }
            }
        }
    }

    @Test
    void case_and_spaces_do_not_matter_once_normalised() {
        assertThat(Dates.normalise("  Mardi\u00a05  JUIN\u202f2018\n"))
                .isEqualTo("mardi 5 juin 2018");
        assertThat(Dates.normalise("C\u030cERVNA")).isEqualTo("\u010dervna");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 200_001})
    void counts_out_of_range_are_refused(int count) {
        assertThatThrownBy(() -> Dates.generate(1, count, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give 0 to 200000");
    }

    /** Compares a tenth of all strings with the plain way: writing every day in every format. */
    private static void assertReadingsAreComplete(LocalDate from, LocalDate to, boolean twoDigits) {
        Map<String, Set<LocalDate>> written = new HashMap<>();
        Set<List<String>> alike = new HashSet<>();
        for (DateFormat format : FORMATS) {
            List<String> year =
                    LocalDate.of(2018, 1, 1)
                            .datesUntil(LocalDate.of(2019, 1, 1))
                            .map(format::write)
                            .toList();
            if (alike.add(year) && format.twoDigitYear() == twoDigits) {
                for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
                    written.computeIfAbsent(format.write(day), _ -> new HashSet<>()).add(day);
                }
            }
        }
        written.keySet().removeIf(text -> text.hashCode() % 10 != 0);
        assertThat(written).hasSizeGreaterThan(1_000);
        assertThat(written.entrySet())
                .filteredOn(entry -> !READINGS.days(entry.getKey()).equals(entry.getValue()))
                .isEmpty();
    }

    private static DateFormat format(String tag, String sample) {
        return FORMATS.stream()
                .filter(format -> format.tag().equals(tag))
                .filter(format -> format.write(LocalDate.of(2018, 6, 5)).equals(sample))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> days(List<Pair> pairs) {
        return pairs.stream().map(Pair::target).collect(Collectors.toSet());
    }
}
