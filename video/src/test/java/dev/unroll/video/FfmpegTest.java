package dev.unroll.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.video.VideoException;
import dev.unroll.formats.video.VideoFormat;
import dev.unroll.formats.video.VideoLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program itself, where it is installed. */
@Timeout(300)
class FfmpegTest {
    private static final FfmpegSearch SEARCH = FfmpegSearch.of("", System.getenv("PATH"));
    private static final int FRAMES = 12;

    @TempDir Path folder;

    @BeforeAll
    static void needsFfmpeg() {
        assumeTrue(SEARCH.ffmpeg().isPresent(), SEARCH.reason());
    }

    private static List<Image> read(Path file, VideoLimits limits) throws IOException {
        List<Image> frames = new ArrayList<>();
        SEARCH.ffmpeg().orElseThrow().read(file, limits, frames::add);
        return frames;
    }

    private static List<Image> read(Path file) throws IOException {
        return read(file, VideoLimits.STANDARD);
    }

    /** A pattern that moves, coded by the program as the options say. */
    private Path coded(String name, String... options) throws IOException {
        Path file = folder.resolve(name);
        List<String> command = new ArrayList<>();
        command.add(SEARCH.ffmpeg().orElseThrow().program().toString());
        command.addAll(List.of("-nostdin", "-loglevel", "error", "-f", "lavfi", "-i"));
        command.add("testsrc2=size=96x64:rate=25:duration=0.48");
        command.addAll(List.of(options));
        command.add("file:" + file);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.onExit().join().exitValue() == 0, "ffmpeg does not write this: " + said);
        return file;
    }

    /** The mean difference of all numbers of two videos, 0 to 1. */
    private static double difference(List<Image> one, List<Image> other) {
        assertThat(one).hasSameSizeAs(other);
        double sum = 0;
        long count = 0;
        for (int i = 0; i < one.size(); i++) {
            float[] a = one.get(i).values();
            float[] b = other.get(i).values();
            assertThat(a).hasSameSizeAs(b);
            for (int j = 0; j < a.length; j++) {
                sum += Math.abs(a[j] - b[j]);
            }
            count += a.length;
        }
        return sum / count;
    }

    private static List<Image> byLibrary(Path file) throws IOException {
        List<Image> frames = new ArrayList<>();
        VideoFormat library = new QuickTime();
        library.read(file, VideoLimits.STANDARD, frames::add);
        return frames;
    }

    /** Away from edges, where the two blend colours of half the resolution differently. */
    @Test
    void of_h264_program_and_library_show_the_same_to_3_of_255() throws IOException {
        Path file = MadeVideo.in(folder);
        List<Image> program = read(file);
        List<Image> library = byLibrary(file);
        assertThat(program).hasSize(MadeVideo.FRAMES).hasSameSizeAs(library);
        for (int i = 0; i < program.size(); i++) {
            for (int x : new int[] {4, 12, 20, 44, 52, 60}) {
                for (int y = 4; y < MadeVideo.HEIGHT - 4; y++) {
                    for (int c = 0; c < 3; c++) {
                        assertThat(program.get(i).at(x, y, c))
                                .as("frame %d, x %d, y %d, channel %d", i, x, y, c)
                                .isCloseTo(library.get(i).at(x, y, c), within(3 / 255f));
                    }
                }
            }
        }
    }

    /** The pattern has edges everywhere. */
    @Test
    void of_h264_with_frames_sent_out_of_order_both_show_the_same_to_a_mean_of_3_of_100()
            throws IOException {
        Path file = coded("b.mp4", "-c:v", "libx264", "-bf", "2", "-g", "6", "-pix_fmt", "yuv420p");
        List<Image> program = read(file);
        List<Image> library = byLibrary(file);
        assertThat(program).hasSize(FRAMES);
        assertThat(difference(program, library)).isLessThan(0.03);
        for (int i = 0; i < FRAMES; i++) {
            List<Image> frame = List.of(program.get(i));
            double same = difference(frame, List.of(library.get(i)));
            for (int other = 0; other < FRAMES; other++) {
                assertThat(difference(frame, List.of(library.get(other))))
                        .as("frame %d and frame %d", i, other)
                        .isGreaterThanOrEqualTo(same);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.mp4,libx264",
        "a.mov,libx264",
        "a.mp4,libx265",
        "a.webm,libvpx-vp9",
        "a.webm,libvpx",
        "a.mkv,libx264",
        "a.avi,mpeg4",
        "a.avi,mjpeg",
        "a.mpg,mpeg2video",
        "a.gif,gif",
    })
    void each_kind_of_file_shows_every_frame_once_near_to_what_was_coded(String name, String codec)
            throws IOException {
        List<Image> truth = read(coded("truth.mkv", "-c:v", "ffv1"));
        List<Image> frames = read(coded(name, "-c:v", codec, "-b:v", "2M"));
        assertThat(frames).hasSize(FRAMES);
        assertThat(difference(frames, truth)).isLessThan(codec.equals("gif") ? 0.06 : 0.04);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-film.mp4", "concat:a|b.mp4", "http:film.mp4", "%d.mp4", "a b'\".mp4"})
    void any_name_of_a_file_is_only_a_name(String name) throws IOException {
        Path file = Files.move(MadeVideo.in(folder), folder.resolve(name));
        assertThat(read(file)).hasSize(MadeVideo.FRAMES);
    }

    @Test
    void a_list_of_other_files_is_no_video() throws IOException {
        Path film = MadeVideo.in(folder);
        Path list =
                Files.writeString(
                        folder.resolve("list.mp4"),
                        "#EXTM3U\n#EXTINF:1,\n" + film + "\n#EXT-X-ENDLIST\n");
        assertThatThrownBy(() -> read(list)).isInstanceOf(VideoException.class);
        Path concat =
                Files.writeString(
                        folder.resolve("concat.mp4"),
                        "ffconcat version 1.0\nfile '" + film + "'\n");
        assertThatThrownBy(() -> read(concat)).isInstanceOf(VideoException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "webm", "mkv"})
    void a_video_that_is_cut_off_is_refused_and_says_what_to_do(String kind) throws IOException {
        byte[] whole = Files.readAllBytes(coded("whole." + kind));
        for (double share : new double[] {0.02, 0.3, 0.6, 0.85}) {
            Path cut = folder.resolve("cut." + kind);
            Files.write(cut, Arrays.copyOf(whole, (int) (share * whole.length)));
            assertThatThrownBy(() -> read(cut))
                    .as("%s of %s", share, kind)
                    .isInstanceOf(VideoException.class)
                    .hasMessageContaining("cut." + kind)
                    .hasMessageMatching("(?s).*(copy or download it again|give a video).*");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void damaged_bytes_never_end_in_anything_but_frames_or_a_clear_error(int seed)
            throws IOException {
        byte[] bytes = Files.readAllBytes(MadeVideo.in(folder));
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
    void files_of_a_few_bytes_are_refused() throws IOException {
        byte[] endless = "\0\0\0\1free\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("endless.mp4"), endless);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("endless.mp4: is no video that is read");
        Path empty = Files.write(folder.resolve("empty.mp4"), new byte[0]);
        assertThatThrownBy(() -> read(empty)).hasMessageContaining("is empty");
    }

    @Test
    void frames_of_10_000_by_10_000_pixels_are_refused() throws IOException {
        byte[] gif = { // a screen and an image of 0x2710 pixels a side, in two colours
            'G',
            'I',
            'F',
            '8',
            '9',
            'a',
            0x10,
            0x27,
            0x10,
            0x27,
            (byte) 0x80,
            0,
            0,
            0,
            0,
            0,
            1,
            1,
            1,
            ',',
            0,
            0,
            0,
            0,
            0x10,
            0x27,
            0x10,
            0x27,
            0,
            2,
            2,
            0x4c,
            1,
            0,
            ';'
        };
        Path huge = Files.write(folder.resolve("huge.gif"), gif);
        assertThatThrownBy(() -> read(huge))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("frames of 10,000 x 10,000 pixels, and at most 9,000,000");
    }

    @Test
    void a_video_beyond_the_limits_is_refused() throws IOException {
        Path file = MadeVideo.in(folder);
        Duration hour = Duration.ofHours(1);
        assertThatThrownBy(() -> read(file, new VideoLimits(1 << 20, 10, 1 << 20, hour)))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("more than 10 frames");
        assertThatThrownBy(() -> read(file, new VideoLimits(1 << 20, 100, 1_000, hour)))
                .hasMessageContaining("frames of 64 x 48 pixels, and at most 1,000");
        assertThatThrownBy(() -> read(file, new VideoLimits(100, 100, 10_000, hour)))
                .hasMessageContaining("at most 100 are read");
    }

    @Test
    void a_file_without_images_says_so() throws IOException {
        Path sound = coded("sound.mkv", "-f", "lavfi", "-i", "sine=duration=1", "-map", "1:a");
        assertThatThrownBy(() -> read(sound)).hasMessageContaining("has no images in it");
    }
}
