package dev.unroll.tasks.captioning;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.formats.image.Image;
import dev.unroll.tasks.metrics.Bleu;
import dev.unroll.tasks.metrics.BleuOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The metrics of a captioner, and those of copying the nearest training image's caption.
 *
 * @param tests one a test set
 * @param seconds to caption all images
 */
public record CaptionScore(List<Row> tests, double seconds) {

    /**
     * A test set.
     *
     * @param name what is particular about it
     * @param images how many, however many captions each has
     * @param model of the captioner
     * @param nearest of the nearest learnt image's captions
     */
    public record Row(String name, int images, Agreement model, Agreement nearest) {}

    /**
     * The agreement of captions with the right ones, in lower case. All captions of an image are
     * right.
     *
     * @param exactMatch share that is one of the right ones to the letter, 0 to 1
     * @param bleu sacreBLEU with effective order, the right ones as references, 0 to 100
     */
    public record Agreement(double exactMatch, double bleu) {

        /** Captions are often shorter than four words; without an effective order they score 0. */
        private static final BleuOptions OPTIONS = BleuOptions.STANDARD.withEffectiveOrder();

        /** Of one answer an image. */
        static Agreement of(List<String> answers, List<CaptionedImage> images) {
            List<List<String>> right = images.stream().map(p -> lower(p.captions())).toList();
            List<String> said = lower(answers);
            int same = 0;
            for (int i = 0; i < said.size(); i++) {
                same += right.get(i).contains(said.get(i)) ? 1 : 0;
            }
            return new Agreement(
                    (double) same / Math.max(1, said.size()),
                    Bleu.ofSeveral(said, right, OPTIONS).score());
        }

        private static List<String> lower(List<String> captions) {
            return captions.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
        }

        static Agreement of(Captioner captioner, List<CaptionedImage> images) {
            List<Caption> answers =
                    captioner.predictAll(images.stream().map(CaptionedImage::image).toList());
            return of(answers.stream().map(Caption::text).toList(), images);
        }
    }

    /** Captions the images of each test and compares. */
    static CaptionScore of(Captioner captioner, Corpus<CaptionedImage> data, Split split) {
        Map<String, List<CaptionedImage>> tests = data.parts(split);
        tests.forEach(
                (name, images) ->
                        split.requireSome(images, data.name() + ", " + name, "'data.test'"));
        NearestImage nearest = new NearestImage(data.train());
        List<Row> rows = new ArrayList<>();
        double seconds = 0;
        for (Map.Entry<String, List<CaptionedImage>> test : tests.entrySet()) {
            long start = System.nanoTime();
            Agreement model = Agreement.of(captioner, test.getValue());
            seconds += (System.nanoTime() - start) * 1e-9;
            List<Image> images = test.getValue().stream().map(CaptionedImage::image).toList();
            rows.add(
                    new Row(
                            test.getKey(),
                            images.size(),
                            model,
                            Agreement.of(nearest.captions(images), test.getValue())));
        }
        return new CaptionScore(rows, seconds);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-28s %9s  %11s %6s  %11s %6s%n",
                        "",
                        "images",
                        "exact match",
                        "BLEU",
                        "nearest: ex.",
                        "BLEU"));
        for (Row row : tests) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-28s %,9d  %11.4f %6.2f  %11.4f %6.2f%n",
                            row.name(),
                            row.images(),
                            row.model().exactMatch(),
                            row.model().bleu(),
                            row.nearest().exactMatch(),
                            row.nearest().bleu()));
        }
        return text.append(String.format(Locale.ROOT, "captioned in %.1f s", seconds)).toString();
    }
}
