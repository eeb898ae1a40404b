package dev.unroll.tasks.frames;

import dev.unroll.data.Corpus;
import dev.unroll.data.DataException;
import dev.unroll.data.sets.LabelledVideoSet;
import dev.unroll.data.table.LabelledFrames;
import dev.unroll.data.table.Table;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageFolder;
import dev.unroll.formats.video.Video;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Videos of your own: tables with a row a frame, and folders of images. */
public final class OwnFrames {
    /** Tolerates any share of bad rows: what they mean is said here. */
    private static final double ANY = 1;

    private OwnFrames() {}

    /** The labelled videos of a recipe. */
    static Corpus<LabelledVideo> read(FrameData recipe) throws IOException {
        return recipe.files().folder().isEmpty() ? labelledTable(recipe) : labelledFolders(recipe);
    }

    /**
     * The frames of a table, to be labelled.
     *
     * @param columns of the numbers
     * @throws DataException if it cannot be read, or any of its rows cannot: leaving one out would
     *     give the frames after it other numbers
     */
    public static FrameRows ofTable(Path file, List<String> columns) throws DataException {
        return rows(file.toString(), whole(file, columns, columns.size()).rows(), columns.size());
    }

    /** The videos of a table, each by its name in a column. */
    private static List<FrameRows> ofTable(Path file, List<String> columns, String video)
            throws DataException {
        List<String> all = new ArrayList<>(columns);
        all.add(video);
        List<FrameRows> videos = new ArrayList<>();
        whole(file, all, columns.size()).rows().stream()
                .collect(
                        Collectors.groupingBy(
                                row -> row.value(columns.size()).strip(),
                                LinkedHashMap::new,
                                Collectors.toList()))
                .forEach((name, rows) -> videos.add(rows(name, rows, columns.size())));
        return videos;
    }

    private static FrameRows rows(String name, List<Table.Row> rows, int width) {
        return new FrameRows(
                name, rows.stream().map(row -> frame(row, width)).toArray(float[][]::new));
    }

    /** A table none of whose rows is left out; its first columns are numbers. */
    private static Table whole(Path file, List<String> columns, int numbers) throws DataException {
        Table table =
                withNumbers(Table.read(file, columns, Table.Header.FIRST_LINE, ANY), numbers, ANY);
        if (!table.problems().isEmpty()) {
            throw new DataException(
                    ("%s (rows that cannot be read: %d). Each row is a frame, and without one the"
                                    + " frames after it would have other numbers; mend the table")
                            .formatted(table.problems().getFirst(), table.problems().size()));
        }
        return table;
    }

    /**
     * The videos of a table, a folder of images or a video file, whichever a recipe names. A table
     * without the recipe's column of videos is one video.
     */
    static List<FrameRows> unlabelled(FrameData recipe, Path video) throws IOException {
        if (!recipe.own()) {
            return List.of(ofTable(video, recipe.published(LabelledVideoSet.class).columns()));
        }
        FrameData.Files files = recipe.files();
        if (files.folder().isEmpty()) {
            return !files.video().isEmpty() && Table.has(video, files.video())
                    ? ofTable(video, files.columns(), files.video())
                    : List.of(ofTable(video, files.columns()));
        }
        List<float[]> rows = new ArrayList<>();
        Video.of(video).read(frame -> rows.add(pixels(frame, recipe.files().side())));
        return List.of(new FrameRows(video.toString(), rows.toArray(float[][]::new)));
    }

    /** The pixels of an image in grey, scaled to a square: the row of a labeller of images. */
    private static float[] pixels(Image image, int side) {
        return image.grey().resized(side, side).values();
    }

    private static Corpus<LabelledVideo> labelledTable(FrameData recipe) throws DataException {
        List<String> columns = new ArrayList<>(recipe.files().columns());
        columns.add(recipe.files().label());
        if (!recipe.files().video().isEmpty()) {
            columns.add(recipe.files().video());
        }
        int width = recipe.files().columns().size();
        Table table =
                withNumbers(
                        Table.read(Path.of(recipe.files().file()), columns),
                        width,
                        Table.TOLERANCE);
        Map<String, List<Table.Row>> videos = new LinkedHashMap<>();
        for (Table.Row row : table.rows()) {
            String video =
                    recipe.files().video().isEmpty()
                            ? recipe.files().file()
                            : row.value(width + 1).strip();
            videos.computeIfAbsent(video, v -> new ArrayList<>()).add(row);
        }
        List<LabelledVideo> labelled = new ArrayList<>();
        videos.forEach(
                (name, rows) ->
                        labelled.add(
                                new LabelledVideo(
                                        new FrameRows(
                                                name,
                                                rows.stream()
                                                        .map(row -> frame(row, width))
                                                        .toArray(float[][]::new)),
                                        rows.stream()
                                                .map(row -> row.value(width).strip())
                                                .toList())));
        return LabelledVideos.of(recipe.files().file(), labelled, recipe, table.remarks());
    }

    /** Without the rows whose first columns are not all numbers. */
    private static Table withNumbers(Table table, int columns, double tolerance)
            throws DataException {
        List<Table.Problem> problems = new ArrayList<>();
        for (Table.Row row : table.rows()) {
            for (int c = 0; c < columns; c++) {
                if (!Float.isFinite(number(row.value(c)))) {
                    problems.add(
                            row.problem(
                                    "column '%s' is '%s', not a number"
                                            .formatted(table.columns().get(c), row.value(c))));
                    break;
                }
            }
        }
        return table.without(problems, tolerance);
    }

    /** The numbers of a frame's row. */
    private static float[] frame(Table.Row row, int columns) {
        float[] numbers = new float[columns];
        for (int c = 0; c < columns; c++) {
            numbers[c] = number(row.value(c));
        }
        return numbers;
    }

    private static float number(String text) {
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException e) {
            return Float.NaN;
        }
    }

    private static Corpus<LabelledVideo> labelledFolders(FrameData recipe) throws IOException {
        Path folder = Path.of(recipe.files().folder());
        List<LabelledVideo> videos = new ArrayList<>();
        for (Path video : videos(folder)) {
            Path inside = video.resolve(Path.of(recipe.files().file()).getFileName());
            Path labels = Files.isRegularFile(inside) ? inside : Path.of(recipe.files().file());
            LabelledFrames frames =
                    LabelledFrames.read(
                            video, labels, recipe.files().frame(), recipe.files().label());
            float[][] rows = new float[frames.frames().size()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = pixels(ImageFile.read(frames.frames().get(i)), recipe.files().side());
            }
            videos.add(
                    new LabelledVideo(
                            new FrameRows(String.valueOf(video.getFileName()), rows),
                            frames.labels()));
        }
        return LabelledVideos.of(recipe.files().folder(), videos, recipe, List.of());
    }

    /** The folders in a folder, or itself if there are none. */
    private static List<Path> videos(Path folder) throws IOException {
        List<Path> folders = ImageFolder.folders(folder);
        return folders.isEmpty() ? List.of(folder) : folders;
    }
}
