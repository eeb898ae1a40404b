package dev.unroll.video;

import dev.unroll.formats.video.FrameReader;
import dev.unroll.formats.video.VideoLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program ffmpeg, which decodes a video in a process of its own and sends its frames through a
 * pipe. It is told to open one local file and nothing else: no address, no list of other files. A
 * file that is damaged or cut off is refused, as far as its format tells: AVI and GIF files that
 * are cut off between two frames look like shorter ones.
 *
 * @param program the file of the program
 * @param version as it tells it, such as {@code 7.1.1}
 * @param patience how long it may take from one frame to the next
 */
record Ffmpeg(Path program, String version, Duration patience) {

    /** What it may be asked for; it tells the kind by the bytes of a file, not by its name. */
    static final List<String> ENDINGS =
            List.of(
                    "mp4", "m4v", "mov", "webm", "mkv", "avi", "gif", "mpg", "mpeg", "ts", "mts",
                    "ogv", "wmv", "flv", "3gp");

    /** Its readers of these files; none of them opens a second file, as play lists do. */
    private static final String FORMATS = "mov,matroska,avi,gif,mpeg,mpegts,ogg,asf,flv";

    private static final long LEAST_MEMORY = 256L << 20;
    private static final int BYTES_PER_PIXEL = 16;

    /** An official build is called 7.1 or n7.1, other builds by their dates. */
    private static final Pattern RELEASE = Pattern.compile("n?(\\d{1,2})\\.(\\d+).*");

    /** Shows all frames, in the order of their times, the right way up. */
    void read(Path file, VideoLimits limits, FrameReader each) throws IOException {
        String name = file.toString();
        limits.requireBytes(name, Files.size(file));
        try (Decoding decoding = Decoding.start(name, command(file, limits), limits, patience)) {
            int read = 0;
            for (Decoding.Frame next = decoding.next(); next != null; next = decoding.next()) {
                limits.requireFrames(name, ++read);
                each.accept(next.image());
            }
        }
    }

    /**
     * The command line, for no shell. An absolute path behind {@code file:} is never taken for an
     * option or for an address. A decoder rounds the sides of a frame up, so it may use twice the
     * pixels; each frame that comes is held to the exact limit.
     */
    List<String> command(Path file, VideoLimits limits) {
        long memory = Math.max(LEAST_MEMORY, BYTES_PER_PIXEL * limits.pixels());
        long pixels = Math.min(Integer.MAX_VALUE, 2 * limits.pixels());
        List<String> everyFrameOnce =
                knowsFpsMode() ? List.of("-fps_mode", "passthrough") : List.of("-vsync", "0");
        return Stream.of(
                        List.of(
                                program.toString(),
                                "-nostdin",
                                "-hide_banner",
                                "-loglevel",
                                "error"),
                        List.of("-xerror", "-max_alloc", Long.toString(memory)),
                        List.of("-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS),
                        List.of("-max_pixels", Long.toString(pixels)),
                        List.of("-i", "file:" + file.toAbsolutePath()),
                        List.of("-map", "0:V:0", "-an", "-sn", "-dn"),
                        List.of("-frames:v", Long.toString(limits.frames() + 1L)),
                        everyFrameOnce,
                        List.of("-sws_flags", "bicubic+accurate_rnd+full_chroma_int+bitexact"),
                        List.of("-f", "image2pipe", "-c:v", "ppm", "-pix_fmt", "rgb24", "pipe:1"))
                .flatMap(List::stream)
                .toList();
    }

    /** Since release 5.1; before, it had another name, which newer releases may not know. */
    private boolean knowsFpsMode() {
        Matcher release = RELEASE.matcher(version);
        if (!release.matches()) {
            return true;
        }
        int major = Integer.parseInt(release.group(1));
        return major > 5 || (major == 5 && Integer.parseInt(release.group(2)) >= 1);
    }
}
