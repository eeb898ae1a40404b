package dev.unroll.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With small shell scripts in npm's place. */
@DisabledOnOs(OS.WINDOWS)
class NpmTest {
    @TempDir Path folder;

    /** "hello", as the script below packs it. */
    private static final DataFile HELLO =
            new DataFile(
                    "greetings/hello-1.0.0.tgz",
                    Npm.address("hello", "1.0.0"),
                    5,
                    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
                    DataFile.Release.FIXED);

    private static Npm script(String script) {
        return new Npm(List.of("sh", "-c", script, "npm"), Duration.ofSeconds(20));
    }

    private Path target() {
        return folder.resolve(HELLO.path());
    }

    private void requireNothingLeft() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()))
                    .containsExactly(".lock");
        }
    }

    @Test
    void the_package_is_asked_for_by_name_and_comes_to_its_place() throws IOException {
        script("printf hello > $2.tgz; test \"$*\" = 'pack hello@1.0.0 --ignore-scripts'")
                .fetch(HELLO, target(), ProgressListener.SILENT);

        assertThat(target()).hasContent("hello");
    }

    @Test
    void without_npm_it_says_what_to_install_and_where_else_to_put_the_file() {
        Npm npm = new Npm(List.of("no-such-program-here"), Duration.ofSeconds(1));

        assertThatThrownBy(() -> npm.fetch(HELLO, target(), ProgressListener.SILENT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("install Node.js with npm")
                .hasMessageContaining("npm pack hello@1.0.0")
                .hasMessageContaining("greetings/hello-1.0.0.tgz")
                .hasMessageContaining("UNROLL_DATA");
    }

    @Test
    void what_npm_says_when_it_fails_is_told() throws IOException {
        Npm npm = script("echo 'E404 not found' >&2; exit 3");

        assertThatThrownBy(() -> npm.fetch(HELLO, target(), ProgressListener.SILENT))
                .hasMessageContaining("npm failed (3): E404 not found");
        requireNothingLeft();
    }

    @Test
    void another_package_than_the_published_one_is_not_kept() throws IOException {
        Npm npm = script("printf other > it.tgz");

        assertThatThrownBy(() -> npm.fetch(HELLO, target(), ProgressListener.SILENT))
                .hasMessageContaining("not the published package");
        requireNothingLeft();
    }

    @Test
    void success_without_a_package_is_an_error() throws IOException {
        Npm npm = script("true");

        assertThatThrownBy(() -> npm.fetch(HELLO, target(), ProgressListener.SILENT))
                .hasMessageContaining("left no package behind");
        requireNothingLeft();
    }

    @Test
    void a_client_that_hangs_is_ended() throws IOException {
        Npm npm = new Npm(List.of("sh", "-c", "exec sleep 600", "npm"), Duration.ofMillis(50));

        assertThatThrownBy(() -> npm.fetch(HELLO, target(), ProgressListener.SILENT))
                .hasMessageContaining("took more than");
        requireNothingLeft();
    }
}
