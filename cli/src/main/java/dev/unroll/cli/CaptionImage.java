package dev.unroll.cli;

import dev.unroll.data.table.TableCell;
import dev.unroll.data.table.TableFormat;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageException;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.tasks.captioning.Caption;
import dev.unroll.tasks.captioning.CaptionAttention;
import dev.unroll.tasks.captioning.Captioner;
import dev.unroll.tasks.captioning.CaptioningRecipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll caption}: says what images show. */
@Command(
        name = "caption",
        description = {
            "Says what images show, a line each. PNG, JPEG, GIF (its first frame) and BMP, of any"
                    + " size.",
            "An image that cannot be read is named on standard error, the others get their"
                    + " captions, and the exit code is 1."
        })
final class CaptionImage extends RowCommand<Image, Caption> {

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "IMAGE|TABLE",
            description = {
                "Files of images, or a table with the name of one in each row, whose answers are in"
                        + " the columns caption, score and finished."
            })
    List<Path> files = List.of();

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Captions that are kept in mind at each word (default: the recipe's).")
    @Nullable Integer beam;

    @Option(
            names = "--attention",
            paramLabel = "FILE.png",
            description = "Draws where the model looked for each word, in order; one image only.")
    @Nullable Path attention;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where the images of a table are; the table's folder if left out.")
    @Nullable Path folder;

    /** The caption of an image, or its failure. */
    sealed interface Outcome {}

    /** An image and what it shows. */
    record Captioned(String file, String caption, double score, boolean finished)
            implements Outcome {}

    /** An image that cannot be read, and why. */
    record Unreadable(String file, String error) implements Outcome {}

    /** All of them, in the order they were named. */
    record AllCaptioned(List<Outcome> captions) {}

    /** Of a table, in the order of its rows that could be read. */
    record Captions(List<Caption> captions) {}

    @Override
    public Integer call() throws IOException {
        if (beam != null && beam < 1) {
            throw wrongUsage("--beam is at least 1, not " + beam);
        }
        if (attention != null && files.size() != 1) {
            throw wrongUsage("--attention draws one image, and there are " + files.size());
        }
        Captioner captioner = Captioner.load(run);
        SmallHeap.keep();
        if (attention != null && !captioner.attends()) {
            throw wrongUsage(
                    "--attention: this model looks at the image once, before it writes; train"
                            + " one with image.features=attend");
        }
        if (beam != null) {
            captioner = captioner.with(captioner.decoding().beam(beam));
        }
        Path first = files.getFirst();
        if (TableFormat.of(first).filter(TableFormat::isTable).isPresent()
                || table.format != null) {
            if (files.size() != 1 || attention != null) {
                throw wrongUsage("a table is given alone, and without --attention");
            }
            return answer(
                    first.toString(),
                    new Images(captioner, column(), folder(first)),
                    all -> new Captions(all));
        }
        if (table.out != null || table.to != null) {
            throw wrongUsage("--out and --to are for a table with the names of the images");
        }
        List<Outcome> outcomes = outcomes(captioner);
        List<Captioned> captioned =
                outcomes.stream()
                        .filter(Captioned.class::isInstance)
                        .map(Captioned.class::cast)
                        .toList();
        if (attention != null && !captioned.isEmpty()) {
            Image image = ImageFile.read(files.getFirst());
            CaptionAttention looks = captioner.attentionMap(image, captioned.getFirst().caption());
            ImageFile.write(attention, looks.drawn());
        }
        if (answer.json || !captioned.isEmpty()) {
            answer.give(
                    new AllCaptioned(outcomes),
                    captioned.stream()
                            .map(
                                    c ->
                                            files.size() == 1
                                                    ? c.caption()
                                                    : c.file() + "\t" + c.caption())
                            .collect(Collectors.joining(System.lineSeparator())));
        }
        return captioned.size() == outcomes.size() ? 0 : Unroll.FAILED;
    }

    private Optional<String> column() throws IOException {
        return Tasks.read(new RunFolder(run), List.of()) instanceof CaptioningRecipe recipe
                ? Optional.of(recipe.data().files().file())
                : Optional.empty();
    }

    private Path folder(Path tableFile) {
        Path own = tableFile.toAbsolutePath().getParent();
        return folder != null ? folder : own == null ? Path.of("") : own;
    }

    /** The images of a table. */
    private record Images(Captioner captioner, Optional<String> trainedOn, Path folder)
            implements ColumnTask<Image, Caption> {

        @Override
        public Image input(TableRow row, String column) throws UnusableRowException {
            String name = row.text(column).strip();
            if (name.isEmpty()) {
                throw new UnusableRowException(row.problem("column '" + column + "' is empty"));
            }
            try {
                return ImageFile.read(folder.resolve(name));
            } catch (ImageException | InvalidPathException e) {
                throw new UnusableRowException(row.problem(Failures.line(e)));
            }
        }

        @Override
        public List<Caption> answers(List<Image> images) {
            return captioner.predictAll(images);
        }

        @Override
        public List<String> columns() {
            return List.of("caption", "score", "finished");
        }

        @Override
        public List<TableCell> cells(Caption one) {
            return List.of(
                    new TableCell.Text(one.text()),
                    new TableCell.Decimal(one.score()),
                    new TableCell.Flag(one.finished()));
        }

        @Override
        public int together() {
            return captioner.decoding().batch(); // more at full size may not fit into memory
        }
    }

    @Override
    void show(Caption one) {
        answer.people().println(one.text());
    }

    /** A batch at a time: all images at full size may not fit into memory. */
    private List<Outcome> outcomes(Captioner captioner) {
        int batch = captioner.decoding().batch();
        List<Outcome> outcomes = new ArrayList<>();
        for (int from = 0; from < files.size(); from += batch) {
            List<Path> some = files.subList(from, Math.min(files.size(), from + batch));
            outcomes.addAll(outcomes(captioner, some));
        }
        return outcomes;
    }

    private List<Outcome> outcomes(Captioner captioner, List<Path> some) {
        Map<Integer, Image> read = new LinkedHashMap<>();
        Outcome[] outcomes = new Outcome[some.size()];
        for (int i = 0; i < some.size(); i++) {
            try {
                read.put(i, ImageFile.read(some.get(i)));
            } catch (ImageException e) {
                String why = Failures.tell(e, answer.command.commandLine());
                outcomes[i] = new Unreadable(some.get(i).toString(), why);
            }
        }
        Iterator<Caption> captions = captioner.predictAll(List.copyOf(read.values())).iterator();
        for (int i : read.keySet()) {
            Caption caption = captions.next();
            outcomes[i] =
                    new Captioned(
                            some.get(i).toString(),
                            caption.text(),
                            caption.score(),
                            caption.finished());
        }
        return List.of(outcomes);
    }
}
