package dev.unroll.lab.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.page.HtmlPage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentsTest {
    static Stream<Experiment> experiments() {
        return Stream.concat(Experiments.ALL.stream(), Experiments.LONG.stream());
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void everyEffectThatDoesNotDependOnTimesIsSeenInAQuickRunAndTheSectionCanBeWritten(
            Experiment experiment) {
        Finding finding = experiment.run(Trials.fast());
        assertThat(finding.effects()).isNotEmpty();
        assertThat(finding.effects())
                .filteredOn(effect -> !effect.holds() && !effect.timed())
                .as("effects of %s that were not seen", experiment.name())
                .isEmpty();
        String html =
                HtmlPage.of(LabPage.of("", List.of(new LabPage.Result(experiment, finding, 1))));
        assertThat(html).contains(Story.of(experiment).title()).doesNotContain("{{");
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void theCodeOnThePageIsTheExperimentsOwn(Experiment experiment) {
        assertThat(LabPage.source(experiment))
                .contains("final class " + experiment.getClass().getSimpleName())
                .doesNotContain("package dev.unroll");
    }

    @Test
    void anUnknownExperimentIsRefusedWithTheNamesThereAre() {
        assertThatThrownBy(() -> Experiments.named("nothing"))
                .hasMessageContaining("there is no experiment 'nothing'")
                .hasMessageContaining("forgetting");
    }
}
