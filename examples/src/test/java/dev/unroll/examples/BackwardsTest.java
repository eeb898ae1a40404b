package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that the README prints. */
class BackwardsTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/unroll/examples/Backwards.java");

    @Test
    void the_readme_prints_the_program() throws IOException {
        String program =
                Files.readString(SOURCE).replaceFirst("package dev\\.unroll\\.examples;\\s+", "");
        assertThat(program.lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(26);
        assertThat(Files.readString(Path.of("..", "README.md")))
                .contains("```java\n" + program + "```");
    }

    @Test
    void it_trains_a_translator_that_turns_numbers_around(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Process java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Backwards.class.getName())
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(folder.resolve("err.txt").toFile())
                        .start();
        assertThat(java.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(out)).isEqualTo("12345 backwards is 54321\n");
        assertThat(folder.resolve("runs/backwards/model.safetensors")).exists();
    }
}
