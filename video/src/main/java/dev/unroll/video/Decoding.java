package dev.unroll.video;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.video.VideoException;
import dev.unroll.formats.video.VideoLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that decodes a video, while its frames come through a pipe. One thread reads frames and
 * one reads what the program complains of, so neither waits for the other; whoever takes the frames
 * waits no longer than the limits say. When it is closed, the program and all that it started are
 * ended.
 */
final class Decoding implements AutoCloseable {
    private static final int AHEAD = 2;
    private static final int SECONDS_TO_END = 10;
    private static final int LONGEST_HEADER = 32;

    /** What the reading thread hands over. */
    sealed interface Message {}

    /**
     * A frame as it came.
     *
     * @param rgb [height, width, 3], unsigned
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Frame(int width, int height, byte[] rgb) implements Message {

        Image image() {
            float[] values = new float[rgb.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Byte.toUnsignedInt(rgb[i]) / 255f;
            }
            return new Image(width, height, 3, values);
        }
    }

    record End() implements Message {}

    record Failed(IOException why) implements Message {}

    private final String name;
    private final VideoLimits limits;
    private final Duration patience;
    private final Process process;
    private final Complaints complaints = new Complaints();
    private final BlockingQueue<Message> messages = new ArrayBlockingQueue<>(AHEAD);
    private final Thread reading;
    private final Thread listening;
    private final Thread atExit;
    private long waited;
    private int frames;

    private Decoding(String name, VideoLimits limits, Duration patience, Process process) {
        this.name = name;
        this.limits = limits;
        this.patience = patience;
        this.process = process;
        this.reading = Thread.ofPlatform().daemon().name("video-frames").unstarted(this::read);
        this.listening =
                Thread.ofPlatform()
                        .daemon()
                        .name("video-errors")
                        .unstarted(() -> complaints.hear(process.getErrorStream()));
        this.atExit = Thread.ofPlatform().unstarted(() -> kill(process));
    }

    /**
     * Starts a program that writes frames as PPM to its standard output.
     *
     * @param name of the video, for messages
     * @param patience the longest wait for one frame
     */
    static Decoding start(String name, List<String> command, VideoLimits limits, Duration patience)
            throws VideoException {
        Process process;
        try {
            process = builder(command).start();
        } catch (IOException e) {
            throw new VideoException(
                    "%s: %s does not start (%s); install it anew, or set %s=%s to do without"
                            .formatted(
                                    name,
                                    command.getFirst(),
                                    e.getMessage(),
                                    "UNROLL_FFMPEG",
                                    FfmpegSearch.NONE),
                    e);
        }
        Decoding decoding = new Decoding(name, limits, patience, process);
        try {
            Runtime.getRuntime().addShutdownHook(decoding.atExit);
            decoding.listening.start();
            decoding.reading.start();
            return decoding;
        } catch (IllegalStateException e) {
            decoding.close();
            throw new VideoException(name + ": is not read any more while Java ends", e);
        }
    }

    /** Without the variables by which ffmpeg would write files of its own or colour its words. */
    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeAll(List.of("FFREPORT", "AV_LOG_FORCE_COLOR", "AV_LOG_FORCE_256COLOR"));
        return builder;
    }

    /** Ends a program and all that it started. */
    static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** The next frame, or null at the end of a video that was read whole. */
    @Nullable Frame next() throws VideoException {
        return switch (message()) {
            case Frame frame -> {
                frames++;
                yield frame;
            }
            case Failed(VideoException why) -> throw why;
            case Failed(IOException why) -> {
                requireNoComplaint(); // why the program broke off says more than that it did
                throw new VideoException(
                        "%s: its frames do not come through (%s); try again"
                                .formatted(name, why.getMessage()),
                        why);
            }
            case End() -> {
                requireNoComplaint();
                yield null;
            }
        };
    }

    private Message message() throws VideoException {
        long before = System.nanoTime();
        long left = limits.decoding().toNanos() - waited;
        try {
            Message message =
                    messages.poll(Math.min(left, patience.toNanos()), TimeUnit.NANOSECONDS);
            if (message == null) {
                throw new VideoException(
                        ("%s: ffmpeg gave %,d frames and then none for %,d s; copy or download the"
                                        + " video again, convert it to MP4 with H.264, or cut it%s")
                                .formatted(
                                        name,
                                        frames,
                                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before),
                                        complaints.inBrackets()));
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VideoException(name + ": interrupted while it was read", e);
        } finally {
            waited += System.nanoTime() - before;
        }
    }

    /** The program has closed its output; it should end, and with 0. */
    private void requireNoComplaint() throws VideoException {
        int code;
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                kill(process);
            }
            code = process.waitFor();
            listening.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VideoException(name + ": interrupted while it was read", e);
        }
        complaints.requireSize(name, limits);
        if (complaints.noImages()) {
            throw new VideoException(name + ": has no images in it; give a video");
        }
        if (code != 0 || frames == 0 || complaints.ofAnEarlyEnd()) {
            throw new VideoException(
                    ("%s: is no video that is read, or is damaged or cut off: ffmpeg ended with"
                                    + " code %d after %,d frames%s; copy or download it again, or"
                                    + " convert it to MP4 with H.264")
                            .formatted(name, code, frames, complaints.inBrackets()));
        }
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            process.getOutputStream().close();
            Message message;
            do {
                message = message(in);
                messages.put(message);
            } while (message instanceof Frame);
        } catch (InterruptedException | IOException e) {
            // closed: nobody takes frames any more
        }
    }

    private Message message(InputStream in) {
        try {
            Frame frame = frame(in);
            return frame == null ? new End() : frame;
        } catch (IOException e) {
            return new Failed(e);
        } catch (OutOfMemoryError e) {
            return new Failed(
                    new VideoException(
                            name
                                    + ": needs more memory than this process has; scale it down, or"
                                    + " give Java more memory with -Xmx",
                            e));
        }
    }

    /** One PPM: "P6", width and height, 255, each with a line end, and the bytes of its pixels. */
    private @Nullable Frame frame(InputStream in) throws IOException {
        String format = line(in);
        if (format == null) {
            return null;
        }
        String[] size = String.valueOf(line(in)).split(" ", -1);
        if (!format.equals("P6") || size.length != 2 || !"255".equals(line(in))) {
            throw new IOException("what came through the pipe is no PPM image");
        }
        int width;
        int height;
        try {
            width = Integer.parseInt(size[0]);
            height = Integer.parseInt(size[1]);
        } catch (NumberFormatException e) {
            throw new IOException("a PPM image without a size", e);
        }
        limits.requireSize(name, width, height);
        int bytes = Math.multiplyExact(3, Math.multiplyExact(width, height));
        byte[] rgb = in.readNBytes(bytes);
        if (rgb.length < bytes) {
            throw new IOException("a frame was cut off");
        }
        return new Frame(width, height, rgb);
    }

    /** A short line without its end, or null where there is nothing more. */
    private static @Nullable String line(InputStream in) throws IOException {
        byte[] bytes = new byte[LONGEST_HEADER];
        for (int i = 0; i < bytes.length; i++) {
            int next = in.read();
            if (next == '\n') {
                return new String(bytes, 0, i, StandardCharsets.ISO_8859_1);
            }
            if (next < 0) {
                if (i == 0) {
                    return null;
                }
                break;
            }
            bytes[i] = (byte) next;
        }
        throw new IOException("what came through the pipe is no PPM image");
    }

    /** Ends the program, whatever it is doing, and waits until it is gone. */
    @Override
    public void close() {
        kill(process);
        reading.interrupt();
        process.onExit().completeOnTimeout(process, SECONDS_TO_END, TimeUnit.SECONDS).join();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // Java is ending, and the hook runs
        }
    }
}
