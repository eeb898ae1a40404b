package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on a machine set up in another language, in a process of its own. */
class LocaleTest {

    @ParameterizedTest
    @CsvSource({"de, DE", "tr, TR", "ar, EG"})
    void the_command_writes_numbers_as_in_english_on_any_machine(String language, String country)
            throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Duser.language=" + language,
                                "-Duser.country=" + country,
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
