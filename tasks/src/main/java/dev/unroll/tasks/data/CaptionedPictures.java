package dev.unroll.tasks.data;

import dev.unroll.tasks.data.Table.Problem;
import dev.unroll.tasks.data.Table.Row;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Your own pictures with captions: a folder, and a table that names a file of it and a caption in
 * each row. A picture may have several captions, each in a row of its own.
 *
 * @param pictures all whose row can be read and whose file is there
 * @param remarks what should be told about the others
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
     * @param caption in words
     */
    public record CaptionedPicture(Path file, String caption) {}

    /**
     * Reads the table and looks for the files; opens no picture.
     *
     * @param folder that names in the table begin from
     * @param table CSV, TSV or JSON lines, as {@link Table} reads them
     * @param fileColumn the column of the file's name
     * @param captionColumn the column of the caption
     * @throws DataException if the table cannot be read, or more than a tenth of its rows is bad
     */
    public static CaptionedPictures read(
            Path folder, Path table, String fileColumn, String captionColumn) throws DataException {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + ": is no folder of pictures");
        }
        Table rows = Table.read(table, List.of(fileColumn, captionColumn));
        List<CaptionedPicture> pictures = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Row row : rows.rows()) {
            Optional<Path> file = inside(folder, row.value(0));
            if (file.isPresent()) {
                pictures.add(new CaptionedPicture(file.get(), row.value(1)));
            } else {
                problems.add(
                        row.problem("there is no file '%s' in %s".formatted(row.value(0), folder)));
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
