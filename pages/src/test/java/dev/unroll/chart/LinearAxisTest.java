package dev.unroll.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearAxisTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 100", "-3, 7", "0, 0.03", "0, 42", "5, 5", "0, 99999", "2.1, 2.2"})
    void anAxisHasFourToNineTicksOrTwoToFiveWhereThereIsLittleRoom(double low, double high) {
        assertThat(intervals(new LinearAxis(low, high, true, false))).isBetween(3, 9);
        assertThat(intervals(new LinearAxis(low, high, true, true))).isBetween(1, 5);
    }

    private static int intervals(LinearAxis axis) {
        double span = axis.getRange().getLength();
        return (int) Math.round(span / axis.getTickUnit().getSize());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, true", "-3, 7, false", "0.001, 0.0042, true", "0, 42, false"})
    void anAxisHoldsAllNumbersOfItsRange(double low, double high, boolean vertical) {
        LinearAxis axis = new LinearAxis(low, high, vertical, false);
        assertThat(axis.getRange().contains(low)).isTrue();
        assertThat(axis.getRange().contains(high)).isTrue();
    }
}
