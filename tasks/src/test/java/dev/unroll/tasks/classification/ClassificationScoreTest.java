package dev.unroll.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tasks.metrics.Confusion;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class ClassificationScoreTest {

    @Test
    @ResourceLock(Resources.LOCALE)
    void the_report_is_in_english_numbers_on_a_german_machine() {
        Confusion confusion = Confusion.of(List.of("a", "b"), new int[] {0, 1}, new int[] {0, 1});
        ClassificationScore score = new ClassificationScore(0.9333, 0.5, 0, confusion, 2_000, 1.5);
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.GERMANY);
        try {
            assertThat(score.text("texts"))
                    .contains("accuracy           0.9333", "\n2,000 texts in 1.5 s");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }
}
