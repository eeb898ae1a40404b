package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The command on a machine set up in German, in a process of its own. */
class LocaleTest {

    @Test
    void the_command_writes_numbers_as_in_english_on_a_german_machine() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Duser.language=de",
                                "-Duser.country=DE",
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.unroll.cli.Unroll",
                                "data",
                                "list")
                        .redirectErrorStream(true)
                        .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told).containsPattern("\\d\\.\\d MB").doesNotContainPattern("\\d,\\d MB");
    }
}
