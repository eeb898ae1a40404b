package dev.unroll.video;

import dev.unroll.formats.video.FrameReader;
import dev.unroll.formats.video.VideoFormat;
import dev.unroll.formats.video.VideoLimits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.logging.Logger;
import org.jcodec.containers.mp4.demuxer.MP4Demuxer;

/**
 * MP4, M4V and QuickTime files whose images are H.264, as JCodec decodes them. Colours are taken
 * for those of television, as usual (ITU-R BT.601, luma 16 to 235); which side is up is not looked
 * at.
 */
final class QuickTime implements VideoFormat {

    /** H.264 sends a frame at most 16 frames later than it is decoded (ITU-T H.264, A.3.1). */
    private static final int REORDERED = 16;

    static {
        noteQuietly();
    }

    /** Left alone, the library prints what is told here in an exception. */
    private static void noteQuietly() {
        System.Logger log = System.getLogger("dev.unroll");
        try {
            Logger.addSink(message -> log.log(Level.DEBUG, message.getMessage()));
        } catch (IllegalStateException e) {
            // it has been used before, by others: where it writes is theirs to say
            log.log(Level.DEBUG, "JCodec writes its notes where it did", e);
        }
    }

    @Override
    public List<String> endings() {
        return List.of("mp4", "m4v", "mov");
    }

    @Override
    public String reader() {
        String version = MP4Demuxer.class.getPackage().getImplementationVersion();
        return "JCodec%s, only MP4 and QuickTime with H.264"
                .formatted(version == null ? "" : " " + version);
    }

    @Override
    public void read(Path file, VideoLimits limits, FrameReader each) throws IOException {
        String name = file.toString();
        PriorityQueue<DecodedFrames.Timed> waiting =
                new PriorityQueue<>(Comparator.comparingDouble(DecodedFrames.Timed::time));
        limits.requireBytes(name, Files.size(file));
        Boxes.check(name, file);
        try (GuardedChannel channel = new GuardedChannel(NIOUtils.readableChannel(file.toFile()));
                DecodedFrames frames = DecodedFrames.open(name, channel, limits)) {
            int read = 0;
            for (DecodedFrames.Timed next = frames.next(); next != null; next = frames.next()) {
                limits.requireFrames(name, ++read);
                frames.requireTime();
                channel.renew();
                waiting.add(next);
                if (waiting.size() > REORDERED) {
                    each.accept(waiting.remove().frame());
                }
            }
            frames.requireAll(read);
            while (!waiting.isEmpty()) {
                each.accept(waiting.remove().frame());
            }
        }
    }
}
