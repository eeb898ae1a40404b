package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Labels for frames, from a table of one's own to the command's answer. */
class SegmentTest {

    @TempDir Path folder;

    private Path recipe() throws IOException {
        StringBuilder table = new StringBuilder("x,y,phase\n");
        for (int t = 0; t < 120; t++) {
            boolean up = t / 7 % 2 == 0;
            table.append("%s,%d,\"%s\"\n".formatted(up ? 1 : -1, t % 3, up ? "up, up" : "down"));
        }
        Path file = Files.writeString(folder.resolve("frames.csv"), table);
        return Files.writeString(
                folder.resolve("recipe.yaml"),
                """
                task: label-frames
                data: {file: '%s', columns: [x, y], label: phase, window: 16}
                model: {kind: gru, hidden: 8, dropout: 0}
                training: {epochs: 20, learningRate: 0.03, batchTokens: 64}
                """
                        .formatted(file));
    }

    @Test
    void a_table_of_your_own_is_learnt_labelled_and_measured() throws IOException {
        Path run = folder.resolve("run");
        assertThat(Run.of("train", recipe().toString(), "--run", run.toString()).exitCode())
                .isZero();
        Path table = folder.resolve("frames.csv");
        Run people = Run.of("segment", run.toString(), table.toString());
        assertThat(people.exitCode()).isZero();
        assertThat(people.out().lines())
                .hasSize(121)
                .startsWith("frame,label,probability")
                .anyMatch(line -> line.matches("3,\"up, up\",[01]\\..*"))
                .anyMatch(line -> line.matches("10,down,[01]\\..*"));
        Path out = folder.resolve("labels.csv");
        Run.of("segment", run.toString(), table.toString(), "--out", out.toString());
        assertThat(Files.readString(out).strip()).isEqualTo(people.out().strip());
        Run both = Run.of("evaluate", run.toString(), run.toString());
        assertThat(both.out()).contains("2 runs").contains("model.accuracy");
        Run nowhere = Run.of("segment", run.toString(), folder.resolve("no.csv").toString());
        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.err()).contains("there is no file " + folder.resolve("no.csv"));
        Run masked = Run.of("segment", run.toString(), table.toString(), "--mask", "mask.png");
        assertThat(masked.exitCode()).isEqualTo(2);
        assertThat(masked.err()).contains("this run labels frames", "leave --mask out");
    }

    @Test
    @ResourceLock(Resources.LOCALE)
    void the_table_of_labels_has_the_same_digits_everywhere() throws IOException {
        Path run = folder.resolve("run");
        String[] train = {"train", recipe().toString(), "--run", run.toString()};
        assertThat(Run.of(train).exitCode()).isZero();
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.of("ar", "EG"));
        try {
            Run table = Run.of("segment", run.toString(), folder.resolve("frames.csv").toString());
            assertThat(table.out()).containsPattern("(?m)^10,down,[01]\\.\\d{4}$");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    /** Figures as a report has them. */
    record Inner(double accuracy, List<Integer> counts) {}

    /** Figures as a report has them. */
    record Outer(Inner model, String name, int frames) {}

    @Test
    void several_runs_have_means_and_ranges_of_their_numbers() {
        Spread spread =
                Spread.of(
                        List.of(
                                new Outer(new Inner(0.5, List.of(1)), "a", 10),
                                new Outer(new Inner(0.7, List.of(2)), "b", 20)));
        assertThat(spread.values()).containsOnlyKeys("model.accuracy", "frames");
        assertThat(spread.values())
                .hasEntrySatisfying(
                        "model.accuracy",
                        accuracy -> {
                            assertThat(accuracy.mean()).isCloseTo(0.6, within(1e-12));
                            assertThat(accuracy.smallest()).isEqualTo(0.5);
                            assertThat(accuracy.largest()).isEqualTo(0.7);
                        });
        assertThat(spread.table()).contains("2 runs", "0.6000    0.5000    0.7000");
    }

    @Test
    void several_films_of_a_table_are_labelled_each_by_itself() throws IOException {
        StringBuilder table = new StringBuilder("x,phase,film\n");
        for (int t = 0; t < 120; t++) {
            boolean up = t / 7 % 2 == 0;
            table.append(
                    "%s,%s,%s\n".formatted(up ? 1 : -1, up ? "up" : "down", t < 60 ? "a" : "b"));
        }
        Path file = Files.writeString(folder.resolve("films.csv"), table);
        Path recipe =
                Files.writeString(
                        folder.resolve("films.yaml"),
                        """
                        task: label-frames
                        data: {file: '%s', columns: [x], label: phase, video: film, window: 16}
                        model: {kind: gru, hidden: 8, dropout: 0}
                        training: {epochs: 2, learningRate: 0.03, batchTokens: 64}
                        """
                                .formatted(file));
        String run = folder.resolve("run").toString();
        assertThat(Run.of("train", recipe.toString(), "--run", run).exitCode()).isZero();
        List<String> all = table.toString().lines().toList();
        List<String> a = new ArrayList<>(all.subList(0, 61));
        List<String> b = new ArrayList<>(all.subList(61, 121));
        b.addFirst(all.getFirst());
        List<String> expected = new ArrayList<>(List.of("video,frame,label,probability"));
        for (String name : List.of("a", "b")) {
            Path one = Files.write(folder.resolve("one.csv"), name.equals("a") ? a : b);
            Run alone = Run.of("segment", run, one.toString());
            assertThat(alone.exitCode()).as(alone.err()).isZero();
            alone.out().lines().skip(1).forEach(line -> expected.add(name + "," + line));
        }
        Run together = Run.of("segment", run, file.toString());
        assertThat(together.out().lines()).containsExactlyElementsOf(expected);
        Path nameless = folder.resolve("nameless.csv");
        Files.write(nameless, a.stream().map(row -> row.replaceAll(",[^,]*$", "")).toList());
        assertThat(Run.of("segment", run, nameless.toString()).out().lines()).hasSize(61);
    }
}
