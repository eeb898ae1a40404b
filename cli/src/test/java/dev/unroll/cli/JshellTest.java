package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JshellTest {
    @Test
    void theShellImportsEveryPackageThatIsMeantForUsersOfTensorsNetworksTrainingAndTheLab()
            throws Exception {
        Set<String> imported =
                Files.readAllLines(Path.of("src/main/jshell/unroll.jsh")).stream()
                        .filter(line -> line.startsWith("import dev.unroll."))
                        .map(line -> line.substring("import ".length(), line.length() - 2))
                        .collect(Collectors.toSet());
        Set<String> exported =
                Stream.of("core", "lab", "pages")
                        .map(module -> Path.of("..", module, "target", "classes"))
                        .flatMap(classes -> ModuleFinder.of(classes).findAll().stream())
                        .flatMap(module -> module.descriptor().exports().stream())
                        .filter(exports -> !exports.isQualified())
                        .map(exports -> exports.source())
                        .filter(name -> !name.startsWith("dev.unroll.backend"))
                        .collect(Collectors.toSet());
        assertThat(exported).isNotEmpty();
        assertThat(imported).containsAll(exported);
    }
}
