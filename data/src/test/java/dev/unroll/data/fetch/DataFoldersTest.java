package dev.unroll.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFoldersTest {

    private static final Path HOME = Path.of("home").toAbsolutePath();
    private static final Path OTHER = Path.of("other").toAbsolutePath();

    @Test
    void each_system_has_its_cache() {
        assertThat(cache(Map.of(), "Linux")).isEqualTo(HOME.resolve(".cache/unroll/data"));
        assertThat(cache(Map.of("XDG_CACHE_HOME", OTHER.toString()), "Linux"))
                .isEqualTo(OTHER.resolve("unroll/data"));
        assertThat(cache(Map.of(), "Mac OS X"))
                .isEqualTo(HOME.resolve("Library/Caches/unroll/data"));
        assertThat(cache(Map.of("LOCALAPPDATA", OTHER.toString()), "Windows 11"))
                .isEqualTo(OTHER.resolve("unroll/data"));
        assertThat(cache(Map.of(), "Windows 11"))
                .isEqualTo(HOME.resolve("AppData/Local/unroll/data"));
    }

    @Test
    void a_relative_cache_is_ignored_as_its_specification_asks() {
        assertThat(cache(Map.of("XDG_CACHE_HOME", "somewhere"), "Linux"))
                .isEqualTo(HOME.resolve(".cache/unroll/data"));
    }

    @Test
    void the_given_folder_is_the_one_the_variable_names() {
        assertThat(DataFolders.of(Map.of("UNROLL_DATA", "my/data"), "Linux", HOME).given())
                .isEqualTo(Path.of("my/data"));
        assertThat(DataFolders.of(Map.of("UNROLL_DATA", " "), "Linux", HOME).given()).isNull();
        assertThat(DataFolders.of(Map.of(), "Linux", HOME).given()).isNull();
    }

    private static Path cache(Map<String, String> environment, String system) {
        return DataFolders.of(environment, system, HOME).cache();
    }
}
