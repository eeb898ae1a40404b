package dev.unroll.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.video.Video;
import dev.unroll.formats.video.VideoException;
import dev.unroll.formats.video.VideoLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library, which reads where there is no ffmpeg, on videos that its own encoder makes. */
class QuickTimeTest {
    private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();
    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    @TempDir Path folder;

    /** Before the library chooses where to print. */
    @BeforeAll
    static void listen() {
        System.setOut(new PrintStream(PRINTED, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
        assertThat(new QuickTime().endings()).isNotEmpty();
    }

    @AfterAll
    static void listenNoMore() {
        System.setOut(OUT);
        System.setErr(ERR);
    }

    private static List<Image> read(Path file) throws IOException {
        return read(file, VideoLimits.STANDARD);
    }

    private static List<Image> read(Path file, VideoLimits limits) throws IOException {
        List<Image> frames = new ArrayList<>();
        new Video.OfFile(file, new QuickTime(), limits).read(frames::add);
        return frames;
    }

    private Path video() throws IOException {
        return MadeVideo.in(folder);
    }

    @Test
    void a_frame_whose_decoding_does_not_end_is_refused_when_its_time_is_up() throws IOException {
        Path file = Path.of("src/test/resources/dev/unroll/video/endless.mp4");
        VideoLimits limits = new VideoLimits(1 << 20, 64, 1 << 14, Duration.ofSeconds(1));
        assertThatThrownBy(() -> read(file, limits))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("endless.mp4: takes more than 1 s to decode");
    }

    @Test
    void frames_come_back_in_order_with_their_size_and_colours() throws IOException {
        List<Image> frames = read(video());
        assertThat(frames).hasSize(MadeVideo.FRAMES);
        for (int i = 0;
                i < MadeVideo.FRAMES;
                i++) { // the encoder is coarse, but never by a whole frame
            Image frame = frames.get(i);
            assertThat(i == 0 ? 0 : frames.get(i - 1).at(48, 20, 1))
                    .isLessThan(frame.at(48, 20, 1));
            assertThat(frame.width()).isEqualTo(MadeVideo.WIDTH);
            assertThat(frame.height()).isEqualTo(MadeVideo.HEIGHT);
            float level = (float) MadeVideo.level(i);
            for (int channel = 0; channel < 3; channel++) {
                assertThat(frame.at(48, 20, channel)).isCloseTo(level, within(0.1f));
                assertThat(frame.at(12, 20, channel)).isCloseTo(channel == 0 ? 1 : 0, within(0.1f));
            }
        }
    }

    @Test
    void a_video_can_be_read_again_and_scaled() throws IOException {
        Video video = new Video.OfFile(video(), new QuickTime(), VideoLimits.STANDARD);
        assertThat(video.scaled(16, 12)).hasSize(MadeVideo.FRAMES);
        assertThat(video.scaled(16, 12))
                .allSatisfy(frame -> assertThat(frame.values()).hasSize(16 * 12 * 3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99})
    void a_video_that_is_cut_off_is_refused_and_says_what_to_do(double share) throws IOException {
        byte[] whole = Files.readAllBytes(video());
        Path cut = folder.resolve("cut.mp4");
        Files.write(cut, Arrays.copyOf(whole, (int) (share * whole.length)));
        assertThatThrownBy(() -> read(cut))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("cut.mp4")
                .hasMessageMatching("(?s).*(copy or download it again|convert it).*");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void damaged_bytes_never_end_in_anything_but_frames_or_a_clear_error(int seed)
            throws IOException {
        byte[] bytes = Files.readAllBytes(video());
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        Path damaged = Files.write(folder.resolve("damaged.mp4"), bytes);
        try {
            assertThat(read(damaged).size()).isLessThanOrEqualTo(MadeVideo.FRAMES);
        } catch (VideoException e) {
            assertThat(e).hasMessageContaining("damaged.mp4");
        }
    }

    @Test
    void what_is_no_video_is_refused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video\n".repeat(500));
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("text.mp4: is no video that is read");
        Path empty = Files.write(folder.resolve("empty.mov"), new byte[0]);
        assertThatThrownBy(() -> read(empty)).hasMessageContaining("is empty");
    }

    @Test
    void what_is_wrong_with_a_video_is_told_in_the_exception_alone() throws IOException {
        Path garbage = Files.writeString(folder.resolve("garbage.mp4"), "garbage");
        assertThatThrownBy(() -> read(garbage)).isInstanceOf(VideoException.class);
        assertThat(PRINTED.toString(StandardCharsets.UTF_8)).doesNotContain("Broken atom");
    }

    @Test
    void a_video_beyond_the_limits_is_refused_before_it_is_decoded() throws IOException {
        Path file = video();
        assertThatThrownBy(() -> read(file, limits(1 << 20, 10, 1 << 20)))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("more than 10 frames");
        assertThatThrownBy(() -> read(file, limits(1 << 20, 100, 1_000)))
                .hasMessageContaining("frames of 64 x 48 pixels, and at most 1,000");
        assertThatThrownBy(() -> read(file, limits(100, 100, 10_000)))
                .hasMessageContaining("at most 100 are read");
        VideoLimits hurried = new VideoLimits(1 << 20, 100, 10_000, Duration.ofNanos(1));
        assertThatThrownBy(() -> read(file, hurried)).hasMessageContaining("to decode; cut it");
    }

    private static VideoLimits limits(long bytes, int frames, long pixels) {
        return new VideoLimits(bytes, frames, pixels, Duration.ofHours(1));
    }

    @Test
    void a_codec_that_is_not_decoded_is_named_with_the_program_that_decodes_it()
            throws IOException {
        byte[] bytes = Files.readAllBytes(video());
        ByteBuffer.wrap(bytes)
                .put(MadeVideo.sampleEntry(bytes), "hvc1".getBytes(StandardCharsets.US_ASCII));
        Path other = Files.write(folder.resolve("h265.mp4"), bytes);
        assertThatThrownBy(() -> read(other))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("coded as 'hvc1'")
                .hasMessageContaining("install ffmpeg (Debian: apt install ffmpeg")
                .hasMessageContaining("convert it");
    }

    private Path boxes(Object... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof String text) {
                bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            } else {
                bytes.writeBytes(ByteBuffer.allocate(4).putInt((int) part).array());
            }
        }
        return Files.write(folder.resolve("boxes.mp4"), bytes.toByteArray());
    }

    @Test
    @Timeout(60)
    void a_box_in_which_its_own_header_does_not_fit_is_refused_before_a_library_walks_over_it()
            throws IOException {
        assertThatThrownBy(() -> read(boxes(1, "free", 0, 0)))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining(
                        "the box at byte 0 is 'free' of 0 bytes, fewer than its header")
                .hasMessageContaining("copy or download it again");
        assertThatThrownBy(() -> read(boxes(8, "free", 7, "free", 8, "free")))
                .hasMessageContaining("the box at byte 8 is 'free' of 7 bytes");
        assertThatThrownBy(() -> read(boxes(1, "free", -1, -1, 8, "free")))
                .hasMessageContaining("fewer than its header");
        assertThatThrownBy(() -> read(boxes(16, "moov", 0, "free")))
                .hasMessageContaining("the box at byte 8 is 'free' of 0 bytes");
    }

    @Test
    void a_box_that_is_longer_than_the_one_around_it_is_refused() throws IOException {
        assertThatThrownBy(() -> read(boxes(16, "moov", 99, "trak")))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("the box at byte 8 is 'trak' of 99 bytes, where 8 are left");
    }

    @Test
    void a_table_that_claims_more_entries_than_it_has_room_for_is_refused() throws IOException {
        assertThatThrownBy(() -> read(boxes(24, "stbl", 16, "stts", 0, 0x7fffffff)))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("'stts' that claims 2,147,483,647 entries in 0 bytes");
        assertThatThrownBy(() -> read(boxes(28, "stbl", 20, "stsz", 0, 0, -1)))
                .hasMessageContaining("'stsz' that claims 4,294,967,295 entries");
    }

    @Test
    void a_frame_that_claims_more_bytes_than_the_file_has_is_refused() throws IOException {
        assertThatThrownBy(() -> read(boxes(32, "stbl", 24, "stsz", 0, 0, 1, 0x7fffffff)))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("'stsz' that claims a frame of 2,147,483,647 bytes in a file")
                .hasMessageContaining("of 32");
        assertThatThrownBy(() -> read(boxes(28, "stbl", 20, "stsz", 0, 999, 1)))
                .hasMessageContaining("'stsz' that claims a frame of 999 bytes in a file of 28");
    }

    @Test
    void boxes_that_lie_too_deep_in_each_other_are_refused() throws IOException {
        Object[] nested = new Object[2 * 100];
        for (int i = 0; i < 100; i++) {
            nested[2 * i] = 8 * (100 - i);
            nested[2 * i + 1] = "moov";
        }
        assertThatThrownBy(() -> read(boxes(nested)))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("too many boxes");
    }

    /** A header may claim any size; nothing of that size must be asked for. */
    @Test
    void a_header_that_claims_a_huge_frame_is_refused() throws IOException {
        byte[] bytes = Files.readAllBytes(video());
        int entry = MadeVideo.sampleEntry(bytes);
        ByteBuffer.wrap(bytes)
                .putShort(entry + 28, (short) 0x7fff)
                .putShort(entry + 30, (short) 0x7fff);
        Path huge = Files.write(folder.resolve("huge.mp4"), bytes);
        assertThatThrownBy(() -> read(huge))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("32,767 x 32,767");
    }
}
