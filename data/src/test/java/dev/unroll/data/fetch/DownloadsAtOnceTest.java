package dev.unroll.data.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.DataFile.Release;
import dev.unroll.data.fetch.DataFiles.NewReleases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsAtOnceTest {

    private static final byte[] BYTES = "some text\n".repeat(30_000).getBytes(UTF_8);

    @TempDir Path folder;

    private Path target;
    private Checksum checksum;

    @BeforeEach
    void computeChecksum() throws IOException {
        target = folder.resolve("set/file.gz");
        checksum = Checksum.of(Files.write(folder.resolve("original"), BYTES));
    }

    @Test
    void many_at_once_fetch_a_file_once() throws IOException {
        try (FileServer server = new FileServer(FileServer.whole(BYTES))) {
            DataFile file =
                    new DataFile(
                            "set/file.gz",
                            server.address(),
                            BYTES.length,
                            checksum.sha256(),
                            Release.FIXED);
            CompletableFuture.allOf(
                            IntStream.range(0, 8)
                                    .mapToObj(_ -> CompletableFuture.runAsync(() -> fetch(file)))
                                    .toArray(CompletableFuture<?>[]::new))
                    .join();
            assertThat(server.requests).hasSize(1);
        }
        assertThat(target).hasBinaryContent(BYTES);
    }

    @Test
    void several_processes_at_once_fetch_a_file_once() throws Exception {
        try (FileServer server = new FileServer(FileServer.whole(BYTES))) {
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                processes.add(
                        new ProcessBuilder(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        FetchingProcess.class.getName(),
                                        server.address().toString(),
                                        String.valueOf(BYTES.length),
                                        checksum.sha256(),
                                        target.toString())
                                .redirectErrorStream(true)
                                .start());
            }
            for (Process process : processes) {
                String said = new String(process.getInputStream().readAllBytes(), UTF_8);
                assertThat(process.waitFor()).as(said).isZero();
            }
            assertThat(server.requests).hasSize(1);
        }
        assertThat(target).hasBinaryContent(BYTES);
    }

    private void fetch(DataFile file) {
        try {
            Downloader.standard().fetch(file, target, NewReleases.REFUSE, ProgressListener.SILENT);
        } catch (DataException e) {
            throw new AssertionError(e);
        }
    }
}
