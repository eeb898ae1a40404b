package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
                Stream.of("dev.unroll.core", "dev.unroll.lab", "dev.unroll.pages")
                        .map(name -> ModuleLayer.boot().findModule(name).orElseThrow())
                        .flatMap(module -> module.getDescriptor().exports().stream())
                        .filter(exports -> !exports.isQualified())
                        .map(exports -> exports.source())
                        .filter(name -> !name.startsWith("dev.unroll.backend"))
                        .collect(Collectors.toSet());
        assertThat(imported).containsAll(exported);
    }
}
