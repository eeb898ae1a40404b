package dev.unroll.video;

import dev.unroll.formats.video.VideoException;
import dev.unroll.formats.video.VideoLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program writes to its standard error: the beginning and the end of it, however much it is.
 * All of it is read, so that the program never waits.
 */
final class Complaints {
    private static final int KEPT = 4_000;
    private static final int LINES = 3;

    /** Where in the program's memory a complaint arose: "[h264 @ 0x5563] ". */
    private static final Pattern ORIGIN = Pattern.compile("\\[[^\\[\\]]* @ (0x)?[0-9a-fA-F]+\\] ");

    private static final Pattern EARLY_END =
            Pattern.compile(
                    "prematurely|partial file|corrupt input packet|corrupt decoded frame"
                            + "|truncat|invalid block label",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern SIZE = Pattern.compile("Picture size (\\d{1,9})x(\\d{1,9}) ");

    private final StringBuilder first = new StringBuilder();
    private final StringBuilder last = new StringBuilder();

    /** Reads to the end. */
    void hear(InputStream in) {
        byte[] bytes = new byte[KEPT];
        try (in) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                add(new String(bytes, 0, read, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // the program is gone, and so is what it would have said
        }
    }

    private synchronized void add(String text) {
        int room = Math.min(text.length(), KEPT - first.length());
        first.append(text, 0, room);
        last.append(text, room, text.length());
        last.delete(0, Math.max(0, last.length() - KEPT));
    }

    private synchronized String text() {
        return first + "\n" + last;
    }

    /** Refuses by our own limits what the program refused as too large. */
    void requireSize(String name, VideoLimits limits) throws VideoException {
        Matcher size = SIZE.matcher(text());
        if (size.find()) {
            limits.requireSize(name, Long.parseLong(size.group(1)), Long.parseLong(size.group(2)));
        }
    }

    boolean noImages() {
        return text().contains("matches no streams");
    }

    boolean ofAnEarlyEnd() {
        return EARLY_END.matcher(text()).find();
    }

    /** The first different lines, in brackets behind a space; empty where there are none. */
    String inBrackets() {
        List<String> lines =
                Arrays.stream(ORIGIN.matcher(text()).replaceAll("").split("\\R"))
                        .map(line -> line.replaceAll("\\p{Cntrl}", "").strip())
                        .filter(line -> !line.isEmpty())
                        .distinct()
                        .limit(LINES)
                        .toList();
        return lines.isEmpty() ? "" : " (" + String.join("; ", lines) + ")";
    }
}
