package dev.unroll.hosts.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.hosts.container.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two applications in one process, each with a class loader and a copy of Unroll of its own. */
class ContainerTest {
    private static final List<Path> JARS = Java.jars(Path.of("..", "program", "target", "jars"));

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Container.Contexts.class)
    void each_application_gives_the_answers_of_the_command_line_whatever_its_threads_see(
            Container.Contexts contexts) throws Exception {
        run(List.of(), contexts);
    }

    @Test
    void an_application_uses_its_own_copy_though_the_container_has_one_without_vectors()
            throws Exception {
        run(
                JARS.stream().filter(jar -> !jar.toString().contains("unroll-vector")).toList(),
                Container.Contexts.CONTAINER);
    }

    @Test
    void applications_that_are_removed_leave_nothing_behind_once_the_threads_that_asked_have_ended()
            throws Exception {
        // Without the threads of the common pool, which end after a minute, and without waiting for
        // soft references, which go when memory is short.
        run(
                List.of(),
                Container.Contexts.OWN,
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0",
                "-XX:SoftRefLRUPolicyMSPerMB=0");
        assertThat(folder.resolve("removed.txt")).hasContent("true");
    }

    private void run(List<Path> ofContainer, Container.Contexts contexts, String... options)
            throws Exception {
        List<Path> classPath = new ArrayList<>(List.of(Path.of("target", "test-classes")));
        classPath.addAll(ofContainer);
        List<String> arguments =
                List.of(
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        Java.path(classPath),
                        Container.class.getName(),
                        Java.path(JARS),
                        TrainedRuns.get().folder(),
                        folder.toString(),
                        contexts.name());
        Java.java(
                folder,
                Stream.concat(Stream.of(options), arguments.stream()).toArray(String[]::new));
        assertThat(Files.exists(folder.resolve("one.json"))).isTrue();
        TrainedRuns.get().requireSameAnswers(folder.resolve("one.json"));
        TrainedRuns.get().requireSameAnswers(folder.resolve("two.json"));
    }
}
