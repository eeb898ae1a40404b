package dev.unroll.video;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What came of looking for ffmpeg.
 *
 * @param ffmpeg the program, if it is used
 * @param reason why it is used, or why not
 * @param refused whether a program was named that cannot be used
 */
record FfmpegSearch(Optional<Ffmpeg> ffmpeg, String reason, boolean refused) {

    static final String INSTALL =
            "install ffmpeg (Debian: apt install ffmpeg, macOS: brew install ffmpeg, Windows:"
                    + " winget install ffmpeg)";

    /** Names the program, or is {@value #NONE}; so does the environment's UNROLL_FFMPEG. */
    static final String PROPERTY = "unroll.ffmpeg";

    static final String NONE = "none";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SECONDS_TO_START = 20;
    private static final int LONGEST_ANSWER = 1 << 16;
    private static final Pattern VERSION = Pattern.compile("ffmpeg version (\\S{1,80})");

    /** As this process's properties and environment say. */
    static FfmpegSearch here() {
        String property = System.getProperty(PROPERTY);
        String variable = System.getenv("UNROLL_FFMPEG");
        String wanted = property != null ? property : variable != null ? variable : "";
        return of(wanted, System.getenv("PATH"));
    }

    /**
     * Looks for a program that tells its version.
     *
     * @param wanted a program, {@value #NONE}, or empty for the first in the path
     * @param path folders, of which only absolute ones count
     */
    static FfmpegSearch of(String wanted, @Nullable String path) {
        if (wanted.equals(NONE)) {
            return none("ffmpeg is switched off by " + PROPERTY + " or UNROLL_FFMPEG");
        }
        if (!wanted.isEmpty()) {
            FfmpegSearch search =
                    program(wanted).map(FfmpegSearch::asked).orElseGet(() -> none(""));
            return search.ffmpeg.isPresent()
                    ? search
                    : new FfmpegSearch(
                            Optional.empty(),
                            "'%s', which %s or UNROLL_FFMPEG names, is no ffmpeg that runs here%s"
                                    .formatted(wanted, PROPERTY, because(search.reason)),
                            true);
        }
        String file = File.separatorChar == '\\' ? "ffmpeg.exe" : "ffmpeg";
        return Arrays.stream((path == null ? "" : path).split(File.pathSeparator))
                .flatMap(folder -> program(folder).stream())
                .filter(Path::isAbsolute)
                .map(folder -> folder.resolve(file))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(FfmpegSearch::asked)
                .orElseGet(() -> none("there is no ffmpeg on the PATH"));
    }

    private static Optional<Path> program(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static FfmpegSearch none(String reason) {
        return new FfmpegSearch(Optional.empty(), reason, false);
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    /** Asks a program for its version. */
    private static FfmpegSearch asked(Path program) {
        Process process;
        try {
            process =
                    Decoding.builder(List.of(program.toString(), "-version"))
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            return none("%s does not start (%s)".formatted(program, e.getMessage()));
        }
        // Whoever answers nothing is killed, and then what it wrote ends.
        var _ =
                process.onExit()
                        .orTimeout(SECONDS_TO_START, TimeUnit.SECONDS)
                        .whenComplete(
                                (_, late) -> {
                                    if (late != null) {
                                        Decoding.kill(process);
                                    }
                                });
        try {
            process.getOutputStream().close();
            String answer =
                    new String(
                            process.getInputStream().readNBytes(LONGEST_ANSWER),
                            StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(answer);
            return version.lookingAt()
                    ? new FfmpegSearch(
                            Optional.of(new Ffmpeg(program, version.group(1), PATIENCE)),
                            "found",
                            false)
                    : none(program + " -version does not tell a version of ffmpeg");
        } catch (IOException e) {
            return none("%s does not answer (%s)".formatted(program, e.getMessage()));
        } finally {
            Decoding.kill(process);
        }
    }
}
