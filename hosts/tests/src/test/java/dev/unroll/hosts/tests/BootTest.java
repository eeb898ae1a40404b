package dev.unroll.hosts.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.hosts.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A web server with Spring Boot, whose parent manages the versions of what Unroll brings along. */
class BootTest {
    /** Packages that must be whole, whatever versions Boot manages. */
    private static final String OURS =
            "\\s*(com\\.fasterxml|tools\\.jackson|org\\.snakeyaml|org\\.apache\\.commons|dev\\.unroll)"
                    + "\\..*";

    private static final String OUR_JARS =
            "(unroll|jackson|snakeyaml-engine|commons-(csv|compress|codec|io|lang3)).*";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "3.5, COMMON_POOL", "3.5, VIRTUAL_THREAD", "3.5, REQUEST",
        "4.0, COMMON_POOL", "4.0, VIRTUAL_THREAD", "4.0, REQUEST"
    })
    void in_a_jar_of_jars_the_answers_are_those_of_the_command_line(String boot, String first)
            throws Exception {
        ask(jar(boot), first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5", "4.0"})
    void unpacked_the_answers_are_those_of_the_command_line(String boot) throws Exception {
        ask(unpacked(boot), Place.COMMON_POOL.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5", "4.0"})
    void no_class_is_missing_with_the_versions_that_boot_manages(String boot) throws Exception {
        List<Path> libraries = Java.jars(unpacked(boot).resolveSibling("lib"));
        List<String> ours =
                libraries.stream()
                        .filter(jar -> jar.getFileName().toString().matches(OUR_JARS))
                        .map(Path::toString)
                        .toList();
        assertThat(ours).hasSizeGreaterThan(10);
        Java.Printed found =
                Java.run(
                        folder,
                        Java.HOME.resolve("bin/jdeps"),
                        Stream.concat(
                                        Stream.of(
                                                "--multi-release",
                                                "25",
                                                "--missing-deps",
                                                "-cp",
                                                Java.path(libraries)),
                                        ours.stream())
                                .toList());
        assertThat(found.out().lines().filter(line -> line.contains("not found")))
                .noneMatch(line -> line.split("->", 2)[1].matches(OURS));
    }

    private void ask(Path jar, String first) throws IOException, InterruptedException {
        Path answers = folder.resolve("answers.json");
        Java.java(
                folder,
                "--add-modules",
                "jdk.incubator.vector",
                "-jar",
                jar.toString(),
                TrainedRuns.get().folder(),
                answers.toString(),
                first);
        assertThat(TrainedRuns.read(answers)).hasSize(1 + Place.values().length);
        TrainedRuns.get().requireSameAnswers(answers);
    }

    private static Path jar(String boot) {
        return Path.of("..", "boot-" + boot, "target")
                .resolve("unroll-hosts-boot-%s-0.1.0-SNAPSHOT-exec.jar".formatted(boot));
    }

    /** The program as Boot's own tool unpacks it: a small jar with its libraries in a folder. */
    private Path unpacked(String boot) throws IOException, InterruptedException {
        Path unpacked = folder.resolve("unpacked");
        Java.java(
                folder,
                "-Djarmode=tools",
                "-jar",
                jar(boot).toString(),
                "extract",
                "--destination",
                unpacked.toString());
        return unpacked.resolve(jar(boot).getFileName());
    }
}
