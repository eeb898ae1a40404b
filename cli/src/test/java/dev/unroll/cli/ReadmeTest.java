package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises is compiled and run. */
class ReadmeTest {
    private static final Pattern PROGRAM =
            Pattern.compile("```java\\R((?:import[^`]*)public class (\\w+) [^`]*)```");

    @TempDir Path folder;

    @Test
    void the_program_in_the_readme_trains_a_model_and_uses_it() throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(program.find()).as("a whole program in the README").isTrue();
        String source = program.group(1);
        assertThat(source.lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(25);
        Path file = folder.resolve(program.group(2) + ".java");
        Files.writeString(file, source);

        run("javac", "-cp", classPath(), "-d", folder.toString(), file.toString());
        String output =
                run(
                        "java",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        folder + System.getProperty("path.separator") + classPath(),
                        program.group(2));
        assertThat(output).contains("12345 backwards is 54321");
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** Runs a tool of this JDK in the test's folder; gives what it printed. */
    private String run(String tool, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
