package dev.unroll.tensorboard;

import dev.unroll.watch.Histogram;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;

/**
 * An event file of TensorBoard: numbers, histograms and images by step. The fields are those of
 * TensorFlow's {@code event.proto} and {@code summary.proto}. Each event is in the file when the
 * call returns.
 */
public final class EventFile implements Closeable {
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;
    private static final int HISTOGRAM = 5;
    private static final int SESSION_START = 1;

    private final RecordFile records;
    private final Clock clock;

    private EventFile(RecordFile records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /**
     * Begins a new file in a folder.
     *
     * @param folder exists
     * @return a file whose name TensorBoard knows, {@code events.out.tfevents.SECONDS.unroll}, with
     *     a number behind it where that is taken
     */
    public static EventFile create(Path folder) throws IOException {
        return create(folder, Clock.systemUTC());
    }

    static EventFile create(Path folder, Clock clock) throws IOException {
        String name = "events.out.tfevents.%010d.unroll".formatted(clock.millis() / 1000);
        for (int i = 0; ; i++) {
            Path path = folder.resolve(i == 0 ? name : name + "." + i);
            try {
                EventFile file =
                        new EventFile(
                                new RecordFile(
                                        new BufferedOutputStream(
                                                Files.newOutputStream(
                                                        path, StandardOpenOption.CREATE_NEW))),
                                clock);
                file.records.write(file.event(0).text(FILE_VERSION, "brain.Event:2").encoded());
                return file;
            } catch (FileAlreadyExistsException e) {
                // another one began in the same second
            }
        }
    }

    private Message event(long step) {
        return new Message().number(WALL_TIME, clock.millis() * 1e-3).whole(STEP, step);
    }

    /**
     * Says that a training goes on from a step: TensorBoard drops what earlier files have after it.
     *
     * @param step the last one that counts
     */
    public void resumed(long step) throws IOException {
        Message start = new Message().whole(1, SESSION_START);
        records.write(event(step + 1).message(SESSION_LOG, start).encoded());
    }

    /**
     * Writes some numbers of a step.
     *
     * @param step they belong to
     * @param values by tag, such as {@code loss/train}
     */
    public void scalars(long step, Map<String, Double> values) throws IOException {
        Message summary = new Message();
        values.forEach(
                (tag, value) ->
                        summary.message(
                                VALUE,
                                new Message()
                                        .text(TAG, tag)
                                        .real(SIMPLE_VALUE, value.floatValue())));
        records.write(event(step).message(SUMMARY, summary).encoded());
    }

    /**
     * Writes a histogram of a step; an empty one is left out.
     *
     * @param step it belongs to
     * @param histogram its name is the tag
     */
    public void histogram(long step, Histogram histogram) throws IOException {
        if (histogram.counts().length == 0) {
            return;
        }
        double[] counts = Arrays.stream(histogram.counts()).mapToDouble(n -> n).toArray();
        Message histo =
                new Message()
                        .number(1, histogram.least())
                        .number(2, histogram.largest())
                        .number(3, histogram.count())
                        .number(4, histogram.sum())
                        .number(5, histogram.sumOfSquares())
                        .numbers(6, histogram.limits())
                        .numbers(7, counts);
        value(step, new Message().text(TAG, histogram.name()).message(HISTOGRAM, histo));
    }

    /**
     * Writes an image of a step.
     *
     * @param step it belongs to
     * @param tag such as {@code attention/layers.0 head 0}
     * @param values rows of numbers from 0, which is white, to 1, which is dark
     */
    public void image(long step, String tag, float[][] values) throws IOException {
        GreyImage image = GreyImage.of(values);
        Message encoded =
                new Message()
                        .whole(1, image.height())
                        .whole(2, image.width())
                        .whole(3, 1) // greyscale
                        .bytes(4, image.png());
        value(step, new Message().text(TAG, tag).message(IMAGE, encoded));
    }

    private void value(long step, Message value) throws IOException {
        Message summary = new Message().message(VALUE, value);
        records.write(event(step).message(SUMMARY, summary).encoded());
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
