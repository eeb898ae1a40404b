package dev.unroll.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.video.VideoException;
import dev.unroll.formats.video.VideoLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that stand in for a decoder and behave badly; each is a shell script. */
@Timeout(120)
class DecodingTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String FRAME = "printf 'P6\\n1 2\\n255\\nabcdef'\n";

    @TempDir Path folder;

    @BeforeAll
    static void needsAShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "this machine has no /bin/sh");
    }

    private static VideoLimits limits(int frames, long pixels) {
        return new VideoLimits(1 << 20, frames, pixels, LONG);
    }

    private List<Image> read(String script, VideoLimits limits, Duration patience)
            throws IOException {
        List<Image> frames = new ArrayList<>();
        List<String> command = List.of("/bin/sh", "-c", script, folder.toString());
        try (Decoding decoding = Decoding.start("a.mp4", command, limits, patience)) {
            for (Decoding.Frame next = decoding.next(); next != null; next = decoding.next()) {
                limits.requireFrames("a.mp4", frames.size() + 1L);
                frames.add(next.image());
            }
        }
        return frames;
    }

    private List<Image> read(String script) throws IOException {
        return read(script, limits(100, 100), LONG);
    }

    @Test
    void frames_come_through_as_they_were_sent() throws IOException {
        List<Image> frames = read(FRAME + FRAME + "printf 'P6\n2 1\n255\n\\000\\377\\063fff'");
        assertThat(frames).hasSize(3);
        assertThat(frames.getFirst().width()).isEqualTo(1);
        assertThat(frames.getFirst().height()).isEqualTo(2);
        assertThat(frames.getFirst().at(0, 1, 0)).isEqualTo('d' / 255f);
        assertThat(frames.getLast().at(0, 0, 0)).isEqualTo(0);
        assertThat(frames.getLast().at(0, 0, 1)).isEqualTo(1);
        assertThat(frames.getLast().at(0, 0, 2)).isEqualTo(0.2f);
    }

    @Test
    void what_the_program_complains_of_is_told() {
        assertThatThrownBy(() -> read(FRAME + "echo '[h264 @ 0x5f] no such thing' >&2; exit 3"))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("a.mp4")
                .hasMessageContaining("code 3 after 1 frames (no such thing)");
        assertThatThrownBy(() -> read(FRAME + "echo 'File ended prematurely' >&2"))
                .hasMessageContaining("(File ended prematurely)")
                .hasMessageContaining("copy or download it again");
        assertThatThrownBy(() -> read("echo 'Stream map matches no streams.' >&2; exit 1"))
                .hasMessageContaining("has no images in it");
        assertThatThrownBy(() -> read("exit 0")).hasMessageContaining("after 0 frames");
    }

    @Test
    void a_program_that_complains_without_end_neither_waits_nor_fills_the_memory()
            throws IOException {
        String loud = "head -c 30000000 /dev/zero | tr '\\0' x >&2\n";
        assertThat(read(loud + FRAME)).hasSize(1);
        assertThatThrownBy(() -> read(loud + "echo; echo truncated >&2; exit 1"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(10_000));
    }

    @Test
    void frames_without_end_are_cut_off_at_the_limit() {
        assertThatThrownBy(() -> read("while :; do " + FRAME + "done"))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("more than 100 frames");
    }

    @Test
    void a_frame_beyond_the_limit_is_refused_by_its_header() {
        assertThatThrownBy(() -> read("printf 'P6\n10000 10000\n255\n'; cat /dev/zero"))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("a.mp4: claims frames of 10,000 x 10,000 pixels");
        assertThatThrownBy(() -> read("printf 'P6\n20 20\n255\n'; cat /dev/zero"))
                .hasMessageContaining("20 x 20 pixels, and at most 100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat /dev/zero",
                "printf 'P5\n1 1\n255\na'",
                "printf 'P6\n1 1\n65535\nabcdef'",
                "printf 'P6\n1\n255\nabc'",
                "printf 'P6\n1 99999999999\n255\nabc'",
                "printf 'P6\n1 -1\n255\nabc'",
                "printf 'P6\n1 2\n255\nabcde'",
                "printf 'P6\n1 2'",
            })
    void what_is_no_image_is_refused(String script) {
        assertThatThrownBy(() -> read(script))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("a.mp4");
    }

    @Test
    void a_program_that_says_nothing_is_ended() {
        assertThatThrownBy(() -> read(FRAME + "exec tail -f /dev/null", limits(9, 9), SHORT))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("a.mp4: ffmpeg gave 1 frames and then none");
    }

    @Test
    void the_limit_of_time_counts_all_waiting_together() {
        VideoLimits limits = new VideoLimits(1 << 20, 100, 100, SHORT);
        assertThatThrownBy(() -> read("exec tail -f /dev/null", limits, LONG))
                .hasMessageContaining("gave 0 frames and then none");
    }

    /** The script tells its child's number, which is looked up when the reading has ended. */
    @ParameterizedTest
    @ValueSource(strings = {"done", "failed", "interrupted"})
    void however_it_ends_the_program_and_its_children_are_gone(String how) throws Exception {
        String script = "tail -f /dev/null & echo $! > \"$0/child\"; echo $$ > \"$0/parent\"\n";
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread reader =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        readOne(script + FRAME + "wait", how, begun);
                                    } catch (Throwable e) {
                                        thrown.set(e);
                                    }
                                });
        begun.await();
        if (how.equals("interrupted")) {
            reader.interrupt();
        }
        reader.join();
        switch (how) {
            case "failed" -> assertThat(thrown.get()).hasMessage("the reader's own");
            case "interrupted" ->
                    assertThat(thrown.get())
                            .isInstanceOf(VideoException.class)
                            .hasMessageContaining("interrupted");
            default -> assertThat(thrown.get()).isNull();
        }
        for (String which : List.of("child", "parent")) {
            long number = Long.parseLong(Files.readString(folder.resolve(which)).strip());
            ProcessHandle.of(number).ifPresent(left -> left.onExit().join()); // or the test hangs
        }
    }

    private void readOne(String script, String how, CountDownLatch begun) throws IOException {
        List<String> command = List.of("/bin/sh", "-c", script, folder.toString());
        try (Decoding decoding = Decoding.start("a.mp4", command, limits(9, 9), LONG)) {
            assertThat(decoding.next()).isNotNull();
            begun.countDown();
            if (how.equals("failed")) {
                throw new IOException("the reader's own");
            }
            if (how.equals("interrupted")) {
                decoding.next();
            }
        }
    }
}
