package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table.Row;
import dev.unroll.formats.image.ImageFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Your own video: a folder of frames as images, and a label for each.
 *
 * @param frames image files, in order
 * @param labels one a frame
 */
public record LabelledFrames(List<Path> frames, List<String> labels) {
    public LabelledFrames {
        frames = List.copyOf(frames);
        labels = List.copyOf(labels);
        if (frames.isEmpty() || frames.size() != labels.size()) {
            throw new IllegalArgumentException(
                    "%d frames with %d labels: one or more frames, and a label for each"
                            .formatted(frames.size(), labels.size()));
        }
    }

    /**
     * Reads the labels and lists the frames; opens no image.
     *
     * @param folder of frames, in the order of {@link ImageFolder#images}
     * @param file of the labels: a table (CSV, TSV or JSON lines), or any other, with a label in
     *     each line, in the order of the frames
     * @param frame the table's column of the images' names, with or without their ending
     * @param label the table's column of the labels
     * @throws IOException if a file cannot be read, a row is malformed, a frame has no label or
     *     two, or a label no frame: a gap would shift all that follows
     */
    public static LabelledFrames read(Path folder, Path file, String frame, String label)
            throws IOException {
        List<Path> frames = ImageFolder.images(folder);
        boolean table = TableFormat.of(file).filter(TableFormat::isTable).isPresent();
        return new LabelledFrames(
                frames, table ? named(frames, file, frame, label) : inOrder(folder, frames, file));
    }

    private static List<String> inOrder(Path folder, List<Path> frames, Path file)
            throws DataException {
        TextLines lines = TextLines.of(file);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < lines.count(); i++) {
            labels.add(lines.notBlank(i).strip());
        }
        if (labels.size() != frames.size()) {
            throw new DataException(
                    "%s has %,d labels, but %s %,d frames"
                            .formatted(file, labels.size(), folder, frames.size()));
        }
        return labels;
    }

    private static List<String> named(
            List<Path> frames, Path file, String frameColumn, String labelColumn)
            throws DataException {
        Map<String, Row> rows = new HashMap<>();
        List<String> columns = List.of(frameColumn, labelColumn);
        for (Row row : Table.read(file, columns, Table.Header.FIRST_LINE, 0).rows()) {
            Row earlier = rows.put(row.value(0).strip(), row);
            if (earlier != null) {
                throw new DataException(
                        row.problem(
                                        "frame '%s' has a label in line %,d already"
                                                .formatted(row.value(0), earlier.line()))
                                .toString());
            }
        }
        List<String> labels = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Path frame : frames) {
            @Nullable Row row = rows.remove(ImageFolder.name(frame));
            row = row == null ? rows.remove(ImageFolder.stem(frame)) : row;
            if (row == null) {
                without.add(ImageFolder.name(frame));
            } else {
                labels.add(row.value(1).strip());
            }
        }
        if (!without.isEmpty() || !rows.isEmpty()) {
            throw new DataException(
                    "%s: no label for %s; no frame for %s"
                            .formatted(
                                    file,
                                    ImageFolder.some(without),
                                    ImageFolder.some(
                                            rows.values().stream()
                                                    .map(
                                                            r ->
                                                                    "%s (line %,d)"
                                                                            .formatted(
                                                                                    r.value(0),
                                                                                    r.line()))
                                                    .sorted()
                                                    .toList())));
        }
        return labels;
    }
}
