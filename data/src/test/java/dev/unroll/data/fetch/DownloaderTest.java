package dev.unroll.data.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.DataFile.Release;
import dev.unroll.data.fetch.DataFiles.NewReleases;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloaderTest {

    private static final byte[] BYTES = bytes(1, 300_000);
    private static final byte[] OTHER_BYTES = bytes(2, 300_000);
    private static final int CUT = 100_000;

    @TempDir Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Path target;
    private Path part;
    private Checksum checksum;

    @BeforeEach
    void computeChecksum() throws IOException {
        target = folder.resolve("set/file.gz");
        part = folder.resolve("set/file.gz.part");
        checksum = Checksum.of(Files.write(folder.resolve("original"), BYTES));
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void a_file_arrives_whole_and_its_progress_is_told() throws IOException {
        List<Long> told = new ArrayList<>();
        try (FileServer server = new FileServer(FileServer.whole(BYTES))) {
            downloader()
                    .fetch(
                            file(server, Release.FIXED),
                            target,
                            NewReleases.REFUSE,
                            (_, bytes, total) -> {
                                assertThat(total).isEqualTo(BYTES.length);
                                told.add(bytes);
                            });
        }
        assertArrived(BYTES);
        assertThat(told).isSorted().endsWith((long) BYTES.length);
    }

    /** A cut connection may lose the last bytes on their way. */
    private static void goesOn(String request) {
        assertThat(request).matches("bytes=[1-9]\\d*- \"1\"");
        assertThat(Integer.parseInt(request.replaceAll("bytes=(\\d+).*", "$1")))
                .isLessThanOrEqualTo(CUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIXED", "ROLLING"})
    void a_cut_connection_is_taken_up_where_it_broke(Release release) throws IOException {
        try (FileServer server =
                new FileServer(
                        FileServer.firstBytes(BYTES, CUT, "\"1\""),
                        FileServer.ranges(BYTES, "\"1\""))) {
            fetch(file(server, release), NewReleases.REFUSE);
            assertThat(server.requests).hasSize(2).last().satisfies(DownloaderTest::goesOn);
        }
        assertArrived(BYTES);
    }

    @Test
    void what_came_is_kept_when_the_attempts_are_used_up_and_a_later_call_goes_on()
            throws IOException {
        try (FileServer server =
                new FileServer(
                        FileServer.firstBytes(BYTES, CUT, "\"1\""),
                        FileServer.status(503),
                        FileServer.status(503),
                        FileServer.ranges(BYTES, "\"1\""))) {
            assertThatThrownBy(() -> fetch(file(server, Release.FIXED), NewReleases.REFUSE))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll("broke 3 times", "HTTP 503", "goes on from there");
            assertThat(target).doesNotExist();
            long came = Files.size(part);
            assertThat(came).isBetween(1L, (long) CUT);
            fetch(file(server, Release.FIXED), NewReleases.REFUSE);
            assertThat(server.requests).last().isEqualTo("bytes=" + came + "- \"1\"");
        }
        assertArrived(BYTES);
    }

    @Test
    void a_part_that_is_a_symbolic_link_is_not_written_through() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "of somebody else");
        Files.createDirectories(target.getParent());
        Files.createSymbolicLink(part, other);
        Files.createSymbolicLink(folder.resolve("set/file.gz.part.etag"), other);
        try (FileServer server = new FileServer(FileServer.whole(BYTES))) {
            fetch(file(server, Release.FIXED), NewReleases.REFUSE);
        }
        assertArrived(BYTES);
        assertThat(target).isRegularFile();
        assertThat(Files.isSymbolicLink(target)).isFalse();
        assertThat(other).hasContent("of somebody else");
    }

    @Test
    void a_server_without_ranges_is_asked_for_all_of_it() throws IOException {
        try (FileServer server =
                new FileServer(
                        FileServer.firstBytes(BYTES, CUT, "\"1\""), FileServer.whole(BYTES))) {
            fetch(file(server, Release.FIXED), NewReleases.REFUSE);
        }
        assertArrived(BYTES);
    }

    @Test
    void a_server_without_ranges_that_never_gets_far_is_given_up() throws IOException {
        try (FileServer server =
                new FileServer(
                        FileServer.firstBytes(BYTES, CUT, "\"1\""),
                        FileServer.firstBytes(BYTES, CUT / 2, "\"1\""),
                        FileServer.firstBytes(BYTES, CUT, "\"1\""),
                        FileServer.whole(BYTES))) {
            assertThatThrownBy(() -> fetch(file(server, Release.FIXED), NewReleases.REFUSE))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("broke 3 times");
            assertThat(server.requests).hasSize(3);
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void a_file_that_was_replaced_meanwhile_is_fetched_from_the_start() throws IOException {
        try (FileServer server =
                new FileServer(
                        FileServer.firstBytes(OTHER_BYTES, CUT, "\"0\""),
                        FileServer.ranges(BYTES, "\"1\""))) {
            fetch(file(server, Release.FIXED), NewReleases.REFUSE);
        }
        assertArrived(BYTES);
    }

    @Test
    void a_weak_tag_is_not_relied_on() throws IOException {
        try (FileServer server =
                new FileServer(
                        FileServer.firstBytes(BYTES, CUT, "W/\"1\""),
                        FileServer.ranges(BYTES, "W/\"1\""))) {
            fetch(file(server, Release.ROLLING), NewReleases.REFUSE);
            assertThat(server.requests).containsExactly("- -", "- -");
        }
        assertArrived(BYTES);
    }

    @Test
    void pieces_that_do_not_belong_together_are_fetched_again() throws IOException {
        Files.createDirectories(folder.resolve("set"));
        Files.write(part, bytes(3, CUT));
        try (FileServer server =
                new FileServer(
                        FileServer.ranges(BYTES, "\"1\""), FileServer.ranges(BYTES, "\"1\""))) {
            fetch(file(server, Release.FIXED), NewReleases.REFUSE);
            assertThat(server.requests).containsExactly("bytes=" + CUT + "- -", "- -");
        }
        assertArrived(BYTES);
    }

    @Test
    void a_wrong_file_never_lands() {
        try (FileServer server = new FileServer(FileServer.whole(OTHER_BYTES))) {
            assertThatThrownBy(() -> fetch(file(server, Release.FIXED), NewReleases.ACCEPT))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll(
                            "set/file.gz",
                            "not the published file",
                            checksum.sha256(),
                            "UNROLL_DATA");
        }
        assertNothingIsThere();
    }

    @Test
    void a_login_page_in_its_place_is_refused() {
        byte[] page = "<html>Please log in</html>".getBytes(UTF_8);
        try (FileServer server = new FileServer(FileServer.whole(page))) {
            assertThatThrownBy(() -> fetch(file(server, Release.FIXED), NewReleases.REFUSE))
                    .hasMessageContaining("a login page may have answered");
            assertThat(server.requests).hasSize(1);
        }
        assertNothingIsThere();
    }

    @Test
    void a_file_that_does_not_end_is_refused() {
        try (FileServer server = new FileServer(FileServer.whole(bytes(4, 400_000)))) {
            assertThatThrownBy(() -> fetch(file(server, Release.FIXED), NewReleases.REFUSE))
                    .hasMessageContaining("more than 300,000 bytes");
        }
        assertNothingIsThere();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 403, 418})
    void an_address_that_has_nothing_says_where_else_to_put_the_file(int status) {
        try (FileServer server = new FileServer(FileServer.status(status))) {
            assertThatThrownBy(() -> fetch(file(server, Release.FIXED), NewReleases.REFUSE))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll("HTTP " + status, "as set/file.gz", "UNROLL_DATA");
            assertThat(server.requests).hasSize(1);
        }
        assertNothingIsThere();
    }

    @Test
    void no_network_says_to_check_it() {
        URI address;
        try (FileServer server = new FileServer()) {
            address = server.address();
        }
        DataFile file =
                new DataFile(
                        "set/file.gz", address, BYTES.length, checksum.sha256(), Release.FIXED);
        assertThatThrownBy(() -> fetch(file, NewReleases.REFUSE))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("127.0.0.1 cannot be reached", "check the network");
        assertNothingIsThere();
    }

    @Test
    void a_new_release_is_used_only_if_it_is_accepted() throws IOException {
        try (FileServer server =
                new FileServer(FileServer.whole(OTHER_BYTES), FileServer.whole(OTHER_BYTES))) {
            DataFile file = file(server, Release.ROLLING);
            assertThatThrownBy(() -> fetch(file, NewReleases.REFUSE))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("another release");
            assertNothingIsThere();
            fetch(file, NewReleases.ACCEPT);
        }
        assertArrived(OTHER_BYTES);
    }

    @Test
    void a_silent_server_is_given_up_and_asked_again() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        FileServer.Answer silent =
                exchange -> {
                    FileServer.firstBytes(BYTES, CUT, "\"1\"").to(exchange);
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        try (FileServer server = new FileServer(silent, FileServer.ranges(BYTES, "\"1\""))) {
            new Downloader(client, 3, Duration.ZERO, Duration.ofMillis(500))
                    .fetch(
                            file(server, Release.FIXED),
                            target,
                            NewReleases.REFUSE,
                            ProgressListener.SILENT);
            assertThat(server.requests).hasSize(2);
        } finally {
            end.countDown();
        }
        assertArrived(BYTES);
    }

    @Test
    void a_disk_that_is_too_small_is_told_before_anything_is_asked_for() {
        try (FileServer server = new FileServer()) {
            DataFile file =
                    new DataFile(
                            "set/file.gz",
                            server.address(),
                            Long.MAX_VALUE,
                            checksum.sha256(),
                            Release.FIXED);
            assertThatThrownBy(() -> fetch(file, NewReleases.REFUSE))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("make room");
            assertThat(server.requests).isEmpty();
        }
        assertNothingIsThere();
    }

    @Test
    void a_disk_that_fills_up_is_told() throws IOException, InterruptedException {
        Path small = Files.createDirectories(folder.resolve("set"));
        assumeTrue(
                done("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", small.toString()),
                "needs the right to mount a disk of 512 kB");
        FileServer.Answer whole = FileServer.whole(BYTES);
        FileServer.Answer whileOthersWrite =
                exchange -> {
                    Files.write(small.resolve("of-another-program"), new byte[400_000]);
                    whole.to(exchange);
                };
        try (FileServer server = new FileServer(whileOthersWrite)) {
            assertThatThrownBy(() -> fetch(file(server, Release.FIXED), NewReleases.REFUSE))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll(
                            "cannot write into " + small, "Make room", "UNROLL_DATA");
            assertThat(target).doesNotExist();
        } finally {
            assertThat(done("umount", small.toString())).isTrue();
        }
    }

    /** Whether a program is there and did what it should. */
    private static boolean done(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private Downloader downloader() {
        return new Downloader(client, 3, Duration.ZERO, Duration.ofSeconds(20));
    }

    private DataFile file(FileServer server, Release release) {
        return new DataFile(
                "set/file.gz", server.address(), BYTES.length, checksum.sha256(), release);
    }

    private void fetch(DataFile file, NewReleases newReleases) throws DataException {
        downloader().fetch(file, target, newReleases, ProgressListener.SILENT);
    }

    private void assertArrived(byte[] bytes) throws IOException {
        assertThat(target).hasBinaryContent(bytes);
        try (Stream<Path> files = Files.list(folder.resolve("set"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("file.gz", ".lock");
        }
    }

    private void assertNothingIsThere() {
        assertThat(target).doesNotExist();
        assertThat(part).doesNotExist();
    }
}
