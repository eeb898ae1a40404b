package dev.unroll.cli;

import dev.unroll.tasks.captioning.Caption;
import dev.unroll.tasks.captioning.Captioner;
import dev.unroll.tasks.captioning.Looks;
import dev.unroll.tasks.image.Picture;
import dev.unroll.tasks.image.PictureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code unroll caption}: says what pictures show. */
@Command(
        name = "caption",
        mixinStandardHelpOptions = true,
        description = {
            "Says what pictures show, a line each. PNG, JPEG, GIF (its first frame) and BMP, of any"
                    + " size."
        })
final class CaptionPicture implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
    Path run = Path.of("");

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PICTURE")
    List<Path> files = List.of();

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Captions that are kept in mind at each word (default: the recipe's).")
    @Nullable Integer beam;

    @Option(
            names = "--attention",
            paramLabel = "FILE.png",
            description = "Draws where the model looked for each word, in order; one picture only.")
    @Nullable Path attention;

    @Mixin(name = Answer.NAME)
    Answer answer;

    @Spec CommandSpec spec;

    /** A picture and what it shows. */
    record Captioned(String file, String caption, double score, boolean finished) {}

    /** All of them. */
    record AllCaptioned(List<Captioned> captions) {}

    @Override
    public Integer call() throws IOException {
        if (beam != null && beam < 1) {
            throw new ParameterException(spec.commandLine(), "--beam is at least 1, not " + beam);
        }
        if (attention != null && files.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--attention draws one picture, and there are " + files.size());
        }
        Captioner captioner = Captioner.load(run);
        if (attention != null && !captioner.attends()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--attention: this model looks at the picture once, before it writes; train"
                            + " one with picture.features=attend");
        }
        if (beam != null) {
            captioner = captioner.with(captioner.decoding().beam(beam));
        }
        List<Caption> captions = captions(captioner);
        if (attention != null) {
            Picture picture = PictureFile.read(files.getFirst());
            Looks looks = captioner.looks(picture, captions.getFirst().text());
            PictureFile.write(attention, looks.drawn());
        }
        List<Captioned> all = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Caption caption = captions.get(i);
            all.add(
                    new Captioned(
                            files.get(i).toString(),
                            caption.text(),
                            caption.score(),
                            caption.finished()));
        }
        answer.give(
                new AllCaptioned(all),
                all.stream()
                        .map(c -> files.size() == 1 ? c.caption() : c.file() + "\t" + c.caption())
                        .collect(Collectors.joining(System.lineSeparator())));
        return 0;
    }

    /** A batch at a time: all pictures at full size may not fit into memory. */
    private List<Caption> captions(Captioner captioner) throws IOException {
        int batch = captioner.decoding().batch();
        List<Caption> captions = new ArrayList<>();
        for (int from = 0; from < files.size(); from += batch) {
            List<Picture> some = new ArrayList<>();
            for (Path file : files.subList(from, Math.min(files.size(), from + batch))) {
                some.add(PictureFile.read(file));
            }
            captions.addAll(captioner.predictAll(some));
        }
        return captions;
    }
}
