package dev.unroll.data.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.DataFile.Release;
import dev.unroll.data.fetch.DataFiles.NewReleases;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnannouncedLengthTest {

    @TempDir Path folder;

    @Test
    void a_new_release_that_may_have_been_cut_off_is_not_accepted() throws IOException {
        Path target = folder.resolve("set/file.gz");
        try (HttpClient client = HttpClient.newHttpClient();
                ServerSocket server = new ServerSocket(0, 3, InetAddress.getLoopbackAddress())) {
            Downloader downloader =
                    new Downloader(client, 3, Duration.ZERO, Duration.ofSeconds(20));
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/file");
            Thread.ofVirtual().start(() -> answerWithoutLength(server));
            DataFile file =
                    new DataFile("set/file.gz", address, 300_000, "0".repeat(64), Release.ROLLING);
            assertThatThrownBy(
                            () ->
                                    downloader.fetch(
                                            file,
                                            target,
                                            NewReleases.ACCEPT,
                                            ProgressListener.SILENT))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("4 of 300,000 bytes came");
        }
        assertThat(target).doesNotExist();
    }

    /** As a server of HTTP/1.0 that breaks off: only the end of the connection ends the file. */
    private static void answerWithoutLength(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader request =
                        new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), US_ASCII));
                String line = request.readLine();
                while (line != null && !line.isEmpty()) {
                    line = request.readLine();
                }
                socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nfour".getBytes(US_ASCII));
            } catch (IOException e) {
                return; // the server is closed
            }
        }
    }
}
