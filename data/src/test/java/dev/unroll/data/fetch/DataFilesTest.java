package dev.unroll.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.DataFile.Release;
import dev.unroll.data.fetch.DataFiles.NewReleases;
import dev.unroll.data.fetch.DataFolders.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {

    private static final byte[] BYTES = "some text\n".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    private Path given;
    private Path cache;
    private Checksum checksum;

    @BeforeEach
    void makeFolders() throws IOException {
        given = folder.resolve("given");
        cache = folder.resolve("cache");
        Files.createDirectories(given.resolve("set"));
        Files.createDirectories(cache.resolve("set"));
        checksum = Checksum.of(Files.write(folder.resolve("original"), BYTES));
    }

    @Test
    void the_given_folder_comes_first_then_the_cache_then_the_network() throws IOException {
        try (FileServer server = new FileServer(FileServer.whole(BYTES))) {
            DataFile file = file(server, Release.FIXED);
            DataFiles files = files(given);
            Path cached = cache.resolve("set/file.txt");
            assertThat(files.folders().place(file)).isEqualTo(Place.ABSENT);
            assertThat(files.get(file)).isEqualTo(cached).hasBinaryContent(BYTES);
            assertThat(files.folders().place(file)).isEqualTo(Place.CACHE);
            assertThat(files.get(file)).isEqualTo(cached);
            Path own = Files.write(given.resolve("set/file.txt"), BYTES);
            assertThat(files.folders().place(file)).isEqualTo(Place.GIVEN);
            assertThat(files.get(file)).isEqualTo(own);
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void a_damaged_file_is_refused_wherever_it_lies() throws IOException {
        Files.writeString(cache.resolve("set/file.txt"), "some test\n");
        try (FileServer server = new FileServer()) {
            assertThatThrownBy(() -> files(given).get(file(server, Release.FIXED)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll("file.txt", "delete it and fetch it again");
        }
    }

    @Test
    void another_release_of_a_file_that_has_releases_can_be_used() throws IOException {
        Path other = Files.writeString(given.resolve("set/file.txt"), "newer text\n");
        try (FileServer server = new FileServer()) {
            assertThat(files(given).get(file(server, Release.ROLLING))).isEqualTo(other);
        }
    }

    @Test
    void a_given_folder_that_is_not_there_is_refused() {
        try (FileServer server = new FileServer()) {
            assertThatThrownBy(
                            () ->
                                    files(folder.resolve("misspelt"))
                                            .get(file(server, Release.FIXED)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll("UNROLL_DATA", "misspelt", "not a folder");
        }
    }

    private DataFiles files(Path given) {
        return new DataFiles(
                new DataFolders(given, cache),
                Downloader.standard(),
                ProgressListener.SILENT,
                NewReleases.REFUSE);
    }

    private DataFile file(FileServer server, Release release) {
        return new DataFile(
                "set/file.txt", server.address(), BYTES.length, checksum.sha256(), release);
    }
}
