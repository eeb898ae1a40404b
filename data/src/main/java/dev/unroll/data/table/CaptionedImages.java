package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table.Problem;
import dev.unroll.data.table.Table.Row;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageException;
import dev.unroll.formats.image.ImageFile;
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
 * Your own images with captions: a folder, and a table that names a file of it and a caption in
 * each row. An image may have several captions, each in a row of its own.
 *
 * @param images all that can be read, in the order of their first rows
 * @param remarks what should be told about the rows that cannot be used
 */
public record CaptionedImages(List<CaptionedImage> images, List<String> remarks) {
    public CaptionedImages {
        images = List.copyOf(images);
        remarks = List.copyOf(remarks);
    }

    /**
     * An image and what it shows.
     *
     * @param file of the image
     * @param image as it is kept
     * @param captions in words, one or more, in the order of their rows
     */
    public record CaptionedImage(Path file, Image image, List<String> captions) {
        public CaptionedImage {
            captions = List.copyOf(captions);
        }
    }

    /**
     * Reads the table and its images, each image once. A row whose image is not there or cannot be
     * read is a bad row like any other.
     *
     * @param folder that names in the table begin from
     * @param table CSV, TSV or JSON lines, as {@link Table} reads them
     * @param fileColumn the column of the file's name
     * @param captionColumn the column of the caption
     * @param kept what is kept of an image, such as a smaller one: all of them are in memory
     * @throws DataException if the table cannot be read, or more than a tenth of its rows is bad
     */
    public static CaptionedImages read(
            Path folder,
            Path table,
            String fileColumn,
            String captionColumn,
            UnaryOperator<Image> kept)
            throws DataException {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + ": is no folder of images");
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
        List<CaptionedImage> images = new ArrayList<>();
        for (Map.Entry<Path, List<Row>> one : ofFile.entrySet()) {
            try {
                Image image = kept.apply(ImageFile.read(one.getKey()));
                List<String> captions = one.getValue().stream().map(row -> row.value(1)).toList();
                images.add(new CaptionedImage(one.getKey(), image, captions));
            } catch (ImageException e) {
                String why = String.valueOf(e.getMessage());
                one.getValue().forEach(row -> problems.add(row.problem(why)));
            }
        }
        return new CaptionedImages(images, rows.without(problems, Table.TOLERANCE).remarks());
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
