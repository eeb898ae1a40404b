package dev.unroll.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.video.Video;
import dev.unroll.formats.video.VideoException;
import dev.unroll.formats.video.VideoLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which reader is taken, and what is said where one is missing. */
class VideoFilesTest {
    @TempDir Path folder;

    private static List<Image> read(FfmpegSearch search, Path file) throws IOException {
        List<Image> frames = new ArrayList<>();
        new VideoFiles().read(search, file, VideoLimits.STANDARD, frames::add);
        return frames;
    }

    private Path script(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text);
        assumeTrue(
                file.toFile().setExecutable(true) && Files.isExecutable(Path.of("/bin/sh")),
                "this machine runs no shell scripts");
        return file;
    }

    @Test
    void a_thread_whose_class_loader_knows_no_reader_opens_a_video_too() throws IOException {
        Path file = MadeVideo.in(folder);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThat(Video.of(file)).isInstanceOf(Video.OfFile.class);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void without_ffmpeg_the_library_reads() throws IOException {
        FfmpegSearch none = FfmpegSearch.of("", folder.toString());
        assertThat(none.ffmpeg()).isEmpty();
        assertThat(read(none, MadeVideo.in(folder))).hasSize(MadeVideo.FRAMES);
        assertThat(new VideoFiles().reader(none))
                .startsWith("JCodec")
                .contains("there is no ffmpeg on the PATH", "install ffmpeg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"film.webm", "film.MKV", "film.avi", "film.gif"})
    void what_only_ffmpeg_reads_is_refused_without_it_and_says_how_to_install_it(String name)
            throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[] {1});
        assertThatThrownBy(() -> read(FfmpegSearch.of("none", null), file))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("switched off")
                .hasMessageContaining("install ffmpeg (Debian: apt install ffmpeg");
    }

    @Test
    void a_file_that_is_no_video_by_its_ending_is_refused_with_the_endings_there_are()
            throws IOException {
        Path other = Files.write(folder.resolve("film.txt"), new byte[] {1});
        assertThatThrownBy(() -> Video.of(other))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("[mp4, m4v, mov, webm");
        assertThatThrownBy(() -> Video.of(folder.resolve("nowhere.mp4")))
                .hasMessageContaining("there is no such folder or file");
    }

    @Test
    void the_program_on_the_path_is_found_and_tells_its_version() throws IOException {
        Path program = script("ffmpeg", "echo 'ffmpeg version n7.1.1 Copyright (c)'");
        FfmpegSearch search = FfmpegSearch.of("", "relative:" + folder);
        assertThat(search.ffmpeg())
                .hasValueSatisfying(
                        found -> {
                            assertThat(found.program()).isEqualTo(program);
                            assertThat(found.version()).isEqualTo("n7.1.1");
                        });
        assertThat(new VideoFiles().reader(search)).isEqualTo("ffmpeg n7.1.1 (" + program + ")");
    }

    @Test
    void a_program_that_tells_no_version_is_not_used() throws IOException {
        script("ffmpeg", "echo 'another program'; exit 1");
        FfmpegSearch search = FfmpegSearch.of("", folder.toString());
        assertThat(search.ffmpeg()).isEmpty();
        assertThat(search.reason()).contains("does not tell a version");
    }

    @Test
    void a_program_that_is_named_and_cannot_be_used_is_refused_and_nothing_else_is_taken()
            throws IOException {
        Path video = MadeVideo.in(folder);
        Path missing = folder.resolve("no-such-program");
        assertThatThrownBy(() -> read(FfmpegSearch.of(missing.toString(), ""), video))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("name another program");
    }

    @Test
    void older_releases_are_asked_by_the_older_names_of_options() {
        assertThat(command("4.4.2-0ubuntu0.22.04.1")).containsSequence("-vsync", "0");
        assertThat(command("5.0.1")).containsSequence("-vsync", "0");
        for (String version : List.of("5.1.9", "n7.1", "8.0", "N-113000-gabc", "2026-01-02-git")) {
            assertThat(command(version)).containsSequence("-fps_mode", "passthrough");
        }
    }

    private static List<String> command(String version) {
        return new Ffmpeg(Path.of("ffmpeg"), version, Duration.ofMinutes(1))
                .command(Path.of("-film.mp4"), VideoLimits.STANDARD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-film.mp4", "concat:a.mp4", "http:film.mp4", "pipe:0.mp4"})
    void a_file_is_named_so_that_it_is_neither_an_option_nor_an_address(String name) {
        List<String> command =
                new Ffmpeg(Path.of("ffmpeg"), "7.1", Duration.ofMinutes(1))
                        .command(Path.of(name), VideoLimits.STANDARD);
        assertThat(command)
                .containsSequence("-i", "file:" + Path.of(name).toAbsolutePath())
                .containsSequence("-protocol_whitelist", "file,pipe")
                .doesNotContain(name);
    }
}
