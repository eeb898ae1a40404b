package dev.unroll.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.watch.Histogram;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog;

/** What is written is what TensorFlow's own classes read. */
class EventFileTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    @TempDir Path folder;

    private static List<Event> read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] head = new byte[8];
            in.get(head);
            assertThat(in.getInt()).isEqualTo(masked(head));
            long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
            byte[] data = new byte[(int) length];
            in.get(data);
            assertThat(in.getInt()).isEqualTo(masked(data));
            events.add(Event.parseFrom(data));
        }
        return events;
    }

    /** The mask of TensorFlow's {@code crc32c.h}: rotated right by 15 bits, plus a constant. */
    private static int masked(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int value = (int) crc.getValue();
        return ((value >>> 15) | (value << 17)) + 0xa282ead8;
    }

    private Path only() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().getFirst();
        }
    }

    @Test
    void a_file_begins_with_its_version_and_has_the_name_that_tensorboard_looks_for()
            throws IOException {
        EventFile.create(folder, NOON).close();
        assertThat(only().getFileName()).hasToString("events.out.tfevents.1767355200.unroll");
        Event first = read(only()).getFirst();
        assertThat(first.getFileVersion()).isEqualTo("brain.Event:2");
        assertThat(first.getWallTime()).isEqualTo(1767355200.0);
    }

    @Test
    void two_files_of_one_second_have_two_names() throws IOException {
        EventFile.create(folder, NOON).close();
        EventFile.create(folder, NOON).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void scalars_histograms_and_images_are_read_back() throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", 0.5);
        figures.put("größe", -2.0);
        try (EventFile file = EventFile.create(folder, NOON)) {
            file.resumed(6);
            file.scalars(7, figures);
            file.histogram(8, Histogram.of("weights", new float[] {-1, 0, 0, 2.5f}));
            file.histogram(8, Histogram.of("empty", new float[] {Float.NaN}));
            file.image(9, "map", new float[][] {{0, 1, 0.5f}, {1, 0, 0}});
        }
        List<Event> events = read(only());
        assertThat(events).extracting(Event::getStep).containsExactly(0L, 7L, 7L, 8L, 9L);
        assertThat(events.get(1).getSessionLog().getStatus())
                .isEqualTo(SessionLog.SessionStatus.START);
        assertThat(events.get(2).getSummary().getValueList())
                .extracting(Summary.Value::getTag)
                .containsExactly("loss", "größe");
        assertThat(events.get(2).getSummary().getValue(1).getSimpleValue()).isEqualTo(-2f);

        HistogramProto histogram = events.get(3).getSummary().getValue(0).getHisto();
        assertThat(histogram.getNum()).isEqualTo(4);
        assertThat(histogram.getMin()).isEqualTo(-1);
        assertThat(histogram.getMax()).isEqualTo(2.5);
        assertThat(histogram.getSum()).isEqualTo(1.5);
        assertThat(histogram.getSumSquares()).isEqualTo(7.25);
        assertThat(histogram.getBucketCount()).isEqualTo(histogram.getBucketLimitCount());
        assertThat(histogram.getBucketList().stream().mapToDouble(n -> n).sum()).isEqualTo(4);
        assertThat(histogram.getBucketLimitList()).isSorted();
        int zero = histogram.getBucketLimitList().indexOf(0.0);
        assertThat(histogram.getBucket(zero)).isEqualTo(2);

        Summary.Image image = events.get(4).getSummary().getValue(0).getImage();
        BufferedImage png =
                ImageIO.read(new ByteArrayInputStream(image.getEncodedImageString().toByteArray()));
        assertThat(png.getWidth()).isEqualTo(image.getWidth());
        assertThat(png.getHeight()).isEqualTo(image.getHeight());
        assertThat(png.getRaster().getSample(0, 0, 0)).isEqualTo(255);
        assertThat(png.getRaster().getSample(png.getWidth() / 2, 0, 0)).isZero();
        assertThat((double) png.getRaster().getSample(png.getWidth() - 1, 0, 0))
                .isCloseTo(127.5, within(1.0));
    }
}
