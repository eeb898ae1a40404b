package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The lock that the launcher holds while it builds; a Maven that fails at once ends the builds. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    @TempDir Path home;

    private Path lock;

    @BeforeEach
    void anEmptyCheckout() throws IOException {
        Files.copy(Path.of("..", "unroll"), home.resolve("unroll"));
        assertThat(home.resolve("unroll").toFile().setExecutable(true)).isTrue();
        Path maven = Files.createDirectory(home.resolve("bin")).resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho '[ERROR] this Maven builds nothing'\nexit 1\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        lock = Files.createDirectories(home.resolve("cli/target/lock"));
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("./unroll", "--help");
        builder.directory(home.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .merge("PATH", "/usr/bin:/bin", (path, none) -> home.resolve("bin") + ":" + path);
        builder.redirectErrorStream(true);
        return builder.start();
    }

    private String said() throws IOException, InterruptedException {
        Process process = start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        return said;
    }

    @Test
    void a_lock_that_nobody_holds_is_told_and_passed_over() throws Exception {
        assertThat(said())
                .contains("nobody holds", "cli/target/lock; going on without it")
                .contains("this Maven builds nothing");
        assertThat(lock).doesNotExist();
    }

    @Test
    void a_lock_whose_holder_is_gone_is_taken_over_at_once() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
        assertThat(said()).contains("this Maven builds nothing").doesNotContain("waiting");
        assertThat(lock).doesNotExist();
    }

    @Test
    void whoever_waits_for_a_build_is_told_whose_it_is_and_goes_on_when_it_has_ended()
            throws Exception {
        long holder = ProcessHandle.current().pid();
        Files.writeString(lock.resolve("pid"), holder + "\n");
        Process process = start();
        try (BufferedReader lines = process.inputReader()) {
            String first = lines.readLine();
            assertThat(first).contains("waiting for the build of process " + holder);
            Files.delete(lock.resolve("pid"));
            Files.delete(lock);
            assertThat(lines.readAllAsString()).contains("this Maven builds nothing");
        }
        assertThat(process.waitFor()).isEqualTo(1);
    }
}
