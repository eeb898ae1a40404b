package dev.unroll.video;

import dev.unroll.tasks.video.FrameReader;
import dev.unroll.tasks.video.VideoFormat;
import dev.unroll.tasks.video.VideoLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;

/**
 * MP4, M4V and QuickTime files whose pictures are H.264, as JCodec decodes them. Colours are taken
 * for those of television, as usual (ITU-R BT.601, luma 16 to 235); which side is up is not looked
 * at.
 */
public final class QuickTime implements VideoFormat {

    /** H.264 sends a frame at most 16 frames later than it is decoded (ITU-T H.264, A.3.1). */
    private static final int REORDERED = 16;

    /** Reads nothing yet. */
    public QuickTime() {}

    @Override
    public List<String> endings() {
        return List.of("mp4", "m4v", "mov");
    }

    @Override
    public void read(Path file, VideoLimits limits, FrameReader each) throws IOException {
        String name = file.toString();
        PriorityQueue<DecodedFrames.Timed> waiting =
                new PriorityQueue<>(Comparator.comparingDouble(DecodedFrames.Timed::time));
        try (SeekableByteChannel channel = NIOUtils.readableChannel(file.toFile())) {
            limits.requireBytes(name, channel.size());
            DecodedFrames frames = DecodedFrames.open(name, channel, limits);
            int read = 0;
            for (DecodedFrames.Timed next = frames.next(); next != null; next = frames.next()) {
                limits.requireFrames(name, ++read);
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
