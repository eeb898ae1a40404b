package dev.unroll.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private record Metrics(int one) {}

    @Test
    void remarks_stand_under_a_report() {
        Report report = new Report(new Metrics(1), "one 1\n");
        assertThat(report.with(List.of("a.csv:3: bad", "and more")).text())
                .isEqualTo("one 1\n\na.csv:3: bad\nand more");
        assertThat(report.with(List.of())).isEqualTo(report);
    }
}
