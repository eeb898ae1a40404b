package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table.Problem;
import dev.unroll.data.table.Table.Row;
import dev.unroll.formats.image.Picture;
import dev.unroll.formats.image.PictureException;
import dev.unroll.formats.image.PictureFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Your own pictures with captions: a folder, and a table that names a file of it and a caption in
 * each row. A picture may have several captions, each in a row of its own.
 *
 * @param pictures all that can be read, in the order of their first rows
 * @param remarks what should be told about the rows that cannot be used
 */
public record CaptionedPictures(List<CaptionedPicture> pictures, List<String> remarks) {
    public CaptionedPictures {
        pictures = List.copyOf(pictures);
        remarks = List.copyOf(remarks);
    }

    /**
     * A picture and what it shows.
     *
     * @param file of the picture
     * @param picture as it is kept
     * @param captions in words, one or more, in the order of their rows
     */
    public record CaptionedPicture(Path file, Picture picture, List<String> captions) {
        public CaptionedPicture {
            captions = List.copyOf(captions);
        }
    }

    /**
     * Reads the table and its pictures, each picture once. A row whose picture is not there or
     * cannot be read is a bad row like any other.
     *
     * @param folder that names in the table begin from
     * @param table CSV, TSV or JSON lines, as {@link Table} reads them
     * @param fileColumn the column of the file's name
     * @param captionColumn the column of the caption
     * @param kept what is kept of a picture, such as a smaller one: all of them are in memory
     * @throws DataException if the table cannot be read, or more than a tenth of its rows is bad
     */
    public static CaptionedPictures read(
            Path folder,
            Path table,
            String fileColumn,
            String captionColumn,
            UnaryOperator<Picture> kept)
            throws DataException {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + ": is no folder of pictures");
        }
        Table rows = Table.read(table, List.of(fileColumn, captionColumn));
        Map<Path, List<Row>> ofFile = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Row row : rows.rows()) {
            Optional<Path> file = inside(folder, row.value(0));
            if (file.isPresent()) {
                ofFile.computeIfAbsent(file.get(), _ -> new ArrayList<>()).add(row);
            } else {
                problems.add(
                        row.problem("there is no file '%s' in %s".formatted(row.value(0), folder)));
            }
        }
        List<CaptionedPicture> pictures = new ArrayList<>();
        for (Map.Entry<Path, List<Row>> one : ofFile.entrySet()) {
            try {
                Picture picture = kept.apply(PictureFile.read(one.getKey()));
                List<String> captions = one.getValue().stream().map(row -> row.value(1)).toList();
                pictures.add(new CaptionedPicture(one.getKey(), picture, captions));
            } catch (PictureException e) {
                String why = String.valueOf(e.getMessage());
                one.getValue().forEach(row -> problems.add(row.problem(why)));
            }
        }
        return new CaptionedPictures(pictures, rows.without(problems, Table.TOLERANCE).remarks());
    }

    /** A file of the folder or of a folder in it; not one outside. */
    private static Optional<Path> inside(Path folder, String name) {
        try {
            Path file = folder.resolve(name).normalize();
            return file.startsWith(folder.normalize()) && Files.isRegularFile(file)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
