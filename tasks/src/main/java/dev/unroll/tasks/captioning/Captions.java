package dev.unroll.tasks.captioning;

import dev.unroll.backend.Noise;
import dev.unroll.tasks.data.CaptionedPictures;
import dev.unroll.tasks.data.DataException;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.data.Emoji;
import dev.unroll.tasks.data.EmojiPictures;
import dev.unroll.tasks.data.IconFont;
import dev.unroll.tasks.recipe.CaptioningData;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Pictures with captions to learn from, to decide with and to be judged by.
 *
 * @param name for people
 * @param training to learn from
 * @param validation to decide with
 * @param tests to be judged by, each with a figure of its own
 * @param remarks what should be known before, such as rows that cannot be read
 */
public record Captions(
        String name,
        List<CaptionedPicture> training,
        List<CaptionedPicture> validation,
        List<Test> tests,
        List<String> remarks) {

    /**
     * Pictures to be judged by.
     *
     * @param name what is particular about them
     */
    public record Test(String name, List<CaptionedPicture> pictures) {}

    /** The data of a recipe, all pictures scaled to so many pixels a side. */
    public static Captions of(CaptioningData data, int size, long seed, DataFiles files)
            throws IOException {
        return switch (data.set()) {
            case EMOJI -> emoji(data, size, seed, files);
            case ICONS -> icons(data, size, seed);
            case OWN -> own(data, size, seed);
        };
    }

    /**
     * Learnt from Google's drawings of most emoji; decided with Google's drawings of others and of
     * as many of the same; judged by Twitter's drawings of what was learnt and of what never was,
     * and by Google's of the latter.
     */
    private static Captions emoji(CaptioningData data, int size, long seed, DataFiles files)
            throws IOException {
        List<Emoji> emoji =
                new EmojiPictures()
                        .load(files, data.language()).stream()
                                .filter(e -> data.skinTones() || !e.hasSkinTone())
                                .toList();
        // Names in English tell variants apart by words; in other languages only drawings do.
        boolean english = data.language().startsWith("en");
        HeldOut held =
                HeldOut.of(
                        emoji.stream()
                                .map(e -> english ? VariantNames.ofEmoji(e.name()) : e.base())
                                .toList(),
                        emoji.stream().map(Emoji::google).toList(),
                        data.validation(),
                        data.test(),
                        seed);
        Function<Emoji, CaptionedPicture> google =
                e -> new CaptionedPicture(e.code(), e.google().resized(size, size), e.name());
        Function<Emoji, CaptionedPicture> twitter =
                e -> new CaptionedPicture(e.code(), e.twitter().resized(size, size), e.name());
        // Half of what decides has been learnt: a model is to know those as well.
        List<CaptionedPicture> decides = new ArrayList<>();
        decides.addAll(picked(emoji, held.validation(), google));
        decides.addAll(picked(emoji, someOf(held.training(), held.validation().size()), google));
        return new Captions(
                "emoji",
                picked(emoji, held.training(), google),
                decides,
                List.of(
                        new Test(
                                "seen emoji, other artist",
                                picked(emoji, held.training(), twitter)),
                        new Test("unseen emoji, other artist", picked(emoji, held.test(), twitter)),
                        new Test("unseen emoji, same artist", picked(emoji, held.test(), google))),
                List.of());
    }

    /** So many numbers, evenly spread. */
    private static List<Integer> someOf(List<Integer> numbers, int count) {
        List<Integer> some = new ArrayList<>();
        for (int i = 0; i < Math.min(count, numbers.size()); i++) {
            some.add(numbers.get((int) ((long) i * numbers.size() / count)));
        }
        return some;
    }

    private static Captions icons(CaptioningData data, int size, long seed) throws IOException {
        List<IconFont.Icon> icons = IconFont.draw(size);
        HeldOut held =
                HeldOut.of(
                        icons.stream().map(i -> VariantNames.ofIcon(i.name())).toList(),
                        icons.stream().map(IconFont.Icon::picture).toList(),
                        data.validation(),
                        data.test(),
                        seed);
        Function<IconFont.Icon, CaptionedPicture> captioned =
                i -> new CaptionedPicture(i.name(), i.picture(), i.name().replace('-', ' '));
        return new Captions(
                "icons",
                picked(icons, held.training(), captioned),
                picked(icons, held.validation(), captioned),
                List.of(new Test("unseen icons", picked(icons, held.test(), captioned))),
                List.of());
    }

    private static <E> List<CaptionedPicture> picked(
            List<E> all, List<Integer> numbers, Function<E, CaptionedPicture> captioned) {
        return numbers.stream().map(all::get).map(captioned).toList();
    }

    /** Your own; all captions of a picture are on one side. */
    private static Captions own(CaptioningData data, int size, long seed) throws IOException {
        if (data.folder().isEmpty() || data.captions().isEmpty()) {
            throw new RecipeException(
                    "'data.folder' and 'data.captions': name the folder of your pictures and the"
                            + " table of their captions");
        }
        Path folder = Path.of(data.folder());
        CaptionedPictures read =
                CaptionedPictures.read(
                        folder,
                        Path.of(data.captions()),
                        data.file(),
                        data.caption(),
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
                            .formatted(data.captions(), training.size(), validation.size()));
        }
        return new Captions(
                data.folder(),
                training,
                validation,
                List.of(new Test("test", test)),
                read.remarks());
    }
}
