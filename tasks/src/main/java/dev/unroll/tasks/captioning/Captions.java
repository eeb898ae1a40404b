package dev.unroll.tasks.captioning;

import dev.unroll.data.Corpus;
import dev.unroll.data.DataException;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.sets.DrawingSet;
import dev.unroll.data.sets.DrawingSet.Drawing;
import dev.unroll.data.table.CaptionedImages;
import dev.unroll.formats.image.Image;
import dev.unroll.random.Noise;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The images with captions that a recipe names. */
public final class Captions {
    private Captions() {}

    /** The data of a recipe, all images scaled to so many pixels a side. */
    public static Corpus<CaptionedImage> of(
            CaptioningData data, int size, long seed, DataFiles files) throws IOException {
        return data.own() ? own(data, size, seed) : published(data, size, seed, files);
    }

    /**
     * The first artist's drawings are for training. Where there is a second artist, half of the
     * validation set has been seen in training, and the tests are the other artist's drawings of
     * what was seen and of what was not, and the first artist's of the latter.
     */
    private static Corpus<CaptionedImage> published(
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
        Function<Drawing, CaptionedImage> first = d -> captioned(d, d.image(), size);
        Function<Drawing, CaptionedImage> second =
                d -> captioned(d, Objects.requireNonNull(d.other()), size);
        List<CaptionedImage> training = picked(drawings, held.training(), first);
        List<CaptionedImage> validation = picked(drawings, held.validation(), first);
        List<CaptionedImage> unseen = picked(drawings, held.test(), first);
        if (drawings.getFirst().other() == null) {
            return corpus(set.name(), training, validation, Map.of("unseen " + set.name(), unseen));
        }
        List<CaptionedImage> decides = new ArrayList<>(validation);
        decides.addAll(picked(drawings, someOf(held.training(), held.validation().size()), first));
        Map<String, List<CaptionedImage>> tests = new LinkedHashMap<>();
        tests.put(
                "seen %s, other artist".formatted(set.name()),
                picked(drawings, held.training(), second));
        tests.put(
                "unseen %s, other artist".formatted(set.name()),
                picked(drawings, held.test(), second));
        tests.put("unseen %s, same artist".formatted(set.name()), unseen);
        return corpus(set.name(), training, decides, tests);
    }

    private static Corpus<CaptionedImage> corpus(
            String name,
            List<CaptionedImage> training,
            List<CaptionedImage> validation,
            Map<String, List<CaptionedImage>> tests) {
        return new Corpus<>(name, List.of(), training, validation, tests, List.of());
    }

    private static CaptionedImage captioned(Drawing drawing, Image image, int size) {
        return new CaptionedImage(drawing.name(), image.resized(size, size), drawing.caption());
    }

    /** So many numbers, evenly spread. */
    private static List<Integer> someOf(List<Integer> numbers, int count) {
        List<Integer> some = new ArrayList<>();
        for (int i = 0; i < Math.min(count, numbers.size()); i++) {
            some.add(numbers.get((int) ((long) i * numbers.size() / count)));
        }
        return some;
    }

    private static <E> List<CaptionedImage> picked(
            List<E> all, List<Integer> numbers, Function<E, CaptionedImage> captioned) {
        return numbers.stream().map(all::get).map(captioned).toList();
    }

    /** Your own; all captions of an image are on one side. */
    private static Corpus<CaptionedImage> own(CaptioningData data, int size, long seed)
            throws IOException {
        if (data.files().folder().isEmpty() || data.files().captions().isEmpty()) {
            throw new RecipeException(
                    "'data.folder' and 'data.captions': name the folder of your images and the"
                            + " table of their captions");
        }
        Path folder = Path.of(data.files().folder());
        CaptionedImages read =
                CaptionedImages.read(
                        folder,
                        Path.of(data.files().captions()),
                        data.files().file(),
                        data.files().caption(),
                        image -> Captioner.scaled(image, size));
        List<CaptionedImage> training = new ArrayList<>();
        List<CaptionedImage> validation = new ArrayList<>();
        List<CaptionedImage> test = new ArrayList<>();
        long key = Noise.key(seed, "held out");
        for (var one : read.images()) {
            // By name: so an image's side hangs on no other image.
            String name = folder.normalize().relativize(one.file()).toString();
            float place = HeldOut.share(key, name.replace('\\', '/'));
            var side =
                    place < data.test()
                            ? test
                            : place < data.test() + data.validation() ? validation : training;
            side.add(new CaptionedImage(one.file().toString(), one.image(), one.captions()));
        }
        if (training.isEmpty() || validation.isEmpty()) {
            throw new DataException(
                    ("%s: %d images for training and %d for validation are too few; give more,"
                                    + " or change data.validation and data.test")
                            .formatted(
                                    data.files().captions(), training.size(), validation.size()));
        }
        return new Corpus<>(data.files().folder(), training, validation, test)
                .remarking(read.remarks());
    }
}
