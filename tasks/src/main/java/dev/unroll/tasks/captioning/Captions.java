package dev.unroll.tasks.captioning;

import dev.unroll.data.Corpus;
import dev.unroll.data.DataException;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.sets.DrawingSet;
import dev.unroll.data.sets.DrawingSet.Drawing;
import dev.unroll.data.table.CaptionedPictures;
import dev.unroll.formats.image.Picture;
import dev.unroll.random.Noise;
import dev.unroll.tasks.recipe.CaptioningData;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The pictures with captions that a recipe names. */
public final class Captions {
    private Captions() {}

    /** The data of a recipe, all pictures scaled to so many pixels a side. */
    public static Corpus<CaptionedPicture> of(
            CaptioningData data, int size, long seed, DataFiles files) throws IOException {
        return data.own() ? own(data, size, seed) : published(data, size, seed, files);
    }

    /**
     * The first artist's drawings are for training. Where there is a second artist, half of the
     * validation set has been seen in training, and the tests are the other artist's drawings of
     * what was seen and of what was not, and the first artist's of the latter.
     */
    private static Corpus<CaptionedPicture> published(
            CaptioningData data, int size, long seed, DataFiles files) throws IOException {
        DrawingSet set = data.published(DrawingSet.class);
        List<Drawing> drawings =
                set.load(files, new DrawingSet.Request(data.language(), data.skinTones(), size));
        GroupSplit held =
                GroupSplit.of(
                        drawings.stream().map(Drawing::family).toList(),
                        drawings.stream().map(Drawing::image).toList(),
                        data.validation(),
                        data.test(),
                        seed);
        Function<Drawing, CaptionedPicture> first = d -> captioned(d, d.image(), size);
        Function<Drawing, CaptionedPicture> second =
                d -> captioned(d, Objects.requireNonNull(d.other()), size);
        List<CaptionedPicture> training = picked(drawings, held.training(), first);
        List<CaptionedPicture> validation = picked(drawings, held.validation(), first);
        List<CaptionedPicture> unseen = picked(drawings, held.test(), first);
        if (drawings.getFirst().other() == null) {
            return corpus(set.name(), training, validation, Map.of("unseen " + set.name(), unseen));
        }
        List<CaptionedPicture> decides = new ArrayList<>(validation);
        decides.addAll(picked(drawings, someOf(held.training(), held.validation().size()), first));
        Map<String, List<CaptionedPicture>> tests = new LinkedHashMap<>();
        tests.put(
                "seen %s, other artist".formatted(set.name()),
                picked(drawings, held.training(), second));
        tests.put(
                "unseen %s, other artist".formatted(set.name()),
                picked(drawings, held.test(), second));
        tests.put("unseen %s, same artist".formatted(set.name()), unseen);
        return corpus(set.name(), training, decides, tests);
    }

    private static Corpus<CaptionedPicture> corpus(
            String name,
            List<CaptionedPicture> training,
            List<CaptionedPicture> validation,
            Map<String, List<CaptionedPicture>> tests) {
        return new Corpus<>(name, List.of(), training, validation, tests, List.of());
    }

    private static CaptionedPicture captioned(Drawing drawing, Picture image, int size) {
        return new CaptionedPicture(drawing.name(), image.resized(size, size), drawing.caption());
    }

    /** So many numbers, evenly spread. */
    private static List<Integer> someOf(List<Integer> numbers, int count) {
        List<Integer> some = new ArrayList<>();
        for (int i = 0; i < Math.min(count, numbers.size()); i++) {
            some.add(numbers.get((int) ((long) i * numbers.size() / count)));
        }
        return some;
    }

    private static <E> List<CaptionedPicture> picked(
            List<E> all, List<Integer> numbers, Function<E, CaptionedPicture> captioned) {
        return numbers.stream().map(all::get).map(captioned).toList();
    }

    /** Your own; all captions of a picture are on one side. */
    private static Corpus<CaptionedPicture> own(CaptioningData data, int size, long seed)
            throws IOException {
        if (data.files().folder().isEmpty() || data.files().captions().isEmpty()) {
            throw new RecipeException(
                    "'data.folder' and 'data.captions': name the folder of your pictures and the"
                            + " table of their captions");
        }
        Path folder = Path.of(data.files().folder());
        CaptionedPictures read =
                CaptionedPictures.read(
                        folder,
                        Path.of(data.files().captions()),
                        data.files().file(),
                        data.files().caption(),
                        picture -> Captioner.scaled(picture, size));
        List<CaptionedPicture> training = new ArrayList<>();
        List<CaptionedPicture> validation = new ArrayList<>();
        List<CaptionedPicture> test = new ArrayList<>();
        long key = Noise.key(seed, "held out");
        for (var one : read.pictures()) {
            // By name: so a picture's side hangs on no other picture.
            String name = folder.normalize().relativize(one.file()).toString();
            float place = Noise.uniform(Noise.key(key, name.replace('\\', '/')), 0);
            var side =
                    place < data.test()
                            ? test
                            : place < data.test() + data.validation() ? validation : training;
            side.add(new CaptionedPicture(one.file().toString(), one.picture(), one.captions()));
        }
        if (training.isEmpty() || validation.isEmpty()) {
            throw new DataException(
                    ("%s: %d pictures to learn from and %d to decide with are too few; give more,"
                                    + " or change data.validation and data.test")
                            .formatted(
                                    data.files().captions(), training.size(), validation.size()));
        }
        return new Corpus<>(data.files().folder(), training, validation, test)
                .remarking(read.remarks());
    }
}
