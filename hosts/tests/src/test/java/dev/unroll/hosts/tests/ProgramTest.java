package dev.unroll.hosts.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.hosts.Answers;
import dev.unroll.hosts.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plain program on the class path, on the module path and in an image of its own. */
class ProgramTest {
    private static final List<Path> JARS = Java.jars(Path.of("..", "program", "target", "jars"));

    private static final String MAIN = "dev.unroll.hosts.Program";

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void on_the_class_path_the_answers_are_those_of_the_command_line_whatever_thread_asks_first(
            Place first) throws Exception {
        onClassPath(JARS, first, "--add-modules", "jdk.incubator.vector");
        TrainedRuns.get().requireSameAnswers(answers());
    }

    @Test
    void on_the_module_path_requires_unroll_tasks_is_enough() throws Exception {
        Java.java(
                folder,
                "--module-path",
                Java.path(JARS),
                "--module",
                "dev.unroll.hosts/" + MAIN,
                TrainedRuns.get().folder(),
                answers().toString(),
                Place.COMMON_POOL.name());
        TrainedRuns.get().requireSameAnswers(answers());
    }

    @Test
    void in_an_image_of_jlink_the_answers_are_those_of_the_command_line() throws Exception {
        Path image = folder.resolve("image");
        Java.run(
                folder,
                Java.HOME.resolve("bin/jlink"),
                List.of(
                        "--module-path",
                        Java.path(JARS),
                        "--add-modules",
                        "dev.unroll.hosts,dev.unroll.vector",
                        "--output",
                        image.toString()));
        Java.java(
                folder,
                image,
                "--module",
                "dev.unroll.hosts/" + MAIN,
                TrainedRuns.get().folder(),
                answers().toString(),
                Place.VIRTUAL_THREAD.name());
        TrainedRuns.get().requireSameAnswers(answers());
    }

    @Test
    void the_oldest_jackson_that_spring_boot_4_0_managed_is_enough() throws Exception {
        onClassPath(in("oldest"), Place.MAIN, "--add-modules", "jdk.incubator.vector");
        TrainedRuns.get().requireSameAnswers(answers());
    }

    @Test
    void annotations_that_are_too_old_for_jackson_are_named_with_what_to_do() {
        assertThatThrownBy(() -> onClassPath(in("too-old"), Place.MAIN))
                .hasMessageContaining("jackson-annotations is older than 2.21")
                .hasMessageContaining("<jackson-bom.version>");
    }

    @Test
    void without_the_incubator_module_it_answers_slowly_and_says_which_option_is_missing()
            throws Exception {
        Java.Printed printed = onClassPath(JARS, Place.MAIN);
        requireScalar();
        assertThat(printed.err()).contains("--add-modules jdk.incubator.vector");
    }

    @Test
    void without_the_artifact_of_the_vector_backend_it_answers_slowly_and_names_it()
            throws Exception {
        List<Path> jars =
                JARS.stream().filter(jar -> !jar.toString().contains("unroll-vector")).toList();
        Java.Printed printed =
                onClassPath(jars, Place.MAIN, "--add-modules", "jdk.incubator.vector");
        requireScalar();
        assertThat(printed.err()).contains("add unroll-vector");
    }

    /** The program's jars with those of a folder in place of their other versions. */
    private static List<Path> in(String folder) {
        List<Path> others = Java.jars(Path.of("target", folder));
        Set<String> names = others.stream().map(ProgramTest::name).collect(Collectors.toSet());
        List<Path> all =
                Stream.concat(
                                others.stream(),
                                JARS.stream().filter(jar -> !names.contains(name(jar))))
                        .toList();
        assertThat(all).hasSameSizeAs(JARS);
        return all;
    }

    private static String name(Path jar) {
        return jar.getFileName().toString().replaceFirst("-[0-9].*", "");
    }

    private Path answers() {
        return folder.resolve("answers.json");
    }

    private Java.Printed onClassPath(List<Path> jars, Place first, String... options)
            throws IOException, InterruptedException {
        List<String> arguments =
                List.of(
                        "-cp",
                        Java.path(jars),
                        MAIN,
                        TrainedRuns.get().folder(),
                        answers().toString(),
                        first.name());
        return Java.java(
                folder,
                Stream.concat(Stream.of(options), arguments.stream()).toArray(String[]::new));
    }

    private void requireScalar() throws IOException, InterruptedException {
        Answers expected = TrainedRuns.get().answers();
        assertThat(TrainedRuns.read(answers()))
                .allSatisfy(
                        (place, found) -> {
                            assertThat(found.backend()).isEqualTo("scalar");
                            assertThat(found.translations()).isEqualTo(expected.translations());
                        });
    }
}
