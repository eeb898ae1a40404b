package dev.unroll.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jcodec.api.SequenceEncoder;
import org.jcodec.common.model.ColorSpace;

/** A video with H.264 that needs no other program to be made. */
final class MadeVideo {
    static final int FRAMES = 24;
    static final int WIDTH = 64;
    static final int HEIGHT = 48;

    private MadeVideo() {}

    /** Each frame's right half is lighter than that of the one before; the left half is red. */
    static Path in(Path folder) throws IOException {
        Path file = folder.resolve("made.mp4");
        SequenceEncoder encoder = SequenceEncoder.create25Fps(file.toFile());
        for (int i = 0; i < FRAMES; i++) {
            encoder.encodeNativeFrame(frame(i));
        }
        encoder.finish();
        return file;
    }

    /**
     * The encoder takes 0 to 255 for luma's own numbers, which in a video of television go from 16
     * to 235: so white is 235 here.
     */
    private static org.jcodec.common.model.Picture frame(int number) {
        var image = org.jcodec.common.model.Picture.create(WIDTH, HEIGHT, ColorSpace.RGB);
        byte[] bytes = image.getPlaneData(0);
        for (int at = 0; at < bytes.length; at++) {
            boolean left = at / 3 % WIDTH < WIDTH / 2;
            double value = left ? (at % 3 == 0 ? 1 : 0) : level(number);
            bytes[at] = (byte) (Math.round(16 + 219 * value) - 128);
        }
        return image;
    }

    static double level(int frame) {
        return (5 + 3 * frame) / 80.0;
    }

    /** Where the file's bytes name their codec: "avc1" of the sample entry, not of the brands. */
    static int sampleEntry(byte[] bytes) {
        byte[] mark = "avc1".getBytes(StandardCharsets.US_ASCII);
        int entry = -1;
        for (int i = 0; i + mark.length < bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + 4, mark, 0, 4) && bytes[i - 1] > 80) {
                entry = i;
            }
        }
        assertThat(entry).isPositive();
        return entry;
    }
}
