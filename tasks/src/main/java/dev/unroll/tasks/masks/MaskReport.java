package dev.unroll.tasks.masks;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.metrics.MaskScore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of a segmenter at the frames' own size, beside those of copying the given mask.
 *
 * @param parts by name: videos held out, and later frames of training videos
 * @param seconds a frame
 */
public record MaskReport(Map<String, Scores> parts, double seconds) {

    /**
     * Of one part.
     *
     * @param found by the network
     * @param copied the first mask stays where it is
     */
    public record Scores(MaskScores found, MaskScores copied) {}

    /**
     * Finds masks and compares. A part of the test without videos, or without an object in any
     * mask, is said to be empty, for the other may have some; it is not among the parts of the
     * report.
     *
     * @throws IllegalArgumentException if there is nothing at all to measure on
     */
    static Report of(Segmenter segmenter, Corpus<MaskSplit.Part> videos, Split split)
            throws IOException {
        Map<String, List<MaskSplit.Part>> parts = videos.parts(split);
        videos.part(split, "'data.heldOut'");
        Map<String, Scores> scores = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        long start = System.nanoTime();
        int frames = 0;
        for (Map.Entry<String, List<MaskSplit.Part>> part : parts.entrySet()) {
            List<MaskSplit.Part> some = part.getValue();
            Optional<Scores> all = measure(segmenter, some);
            if (all.isEmpty()) {
                text.append(
                        String.format(
                                Locale.ROOT, "%-16s none: nothing to measure on%n", part.getKey()));
                continue;
            }
            Scores measured = all.get();
            scores.put(part.getKey(), measured);
            frames += some.stream().mapToInt(p -> p.to() - p.from()).sum();
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-16s J %.4f  F %.4f   first mask copied on: J %.4f  F %.4f%n",
                            part.getKey(),
                            measured.found().region(),
                            measured.found().boundary(),
                            measured.copied().region(),
                            measured.copied().boundary()));
            measured.found()
                    .videos()
                    .forEach(
                            (name, score) ->
                                    text.append(
                                            String.format(
                                                    Locale.ROOT,
                                                    "  %-20s J %.4f  F %.4f%n",
                                                    name,
                                                    score.region(),
                                                    score.boundary())));
        }
        if (scores.isEmpty()) {
            throw new IllegalArgumentException(
                    videos.name()
                            + ": no mask to measure on has anything in it: masks are white where the"
                            + " object is, black elsewhere");
        }
        double seconds = (System.nanoTime() - start) * 1e-9 / frames;
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d frames, %.0f ms a frame with reading%n",
                        frames,
                        1e3 * seconds));
        return new Report(new MaskReport(scores, seconds), text.toString());
    }

    /** Nothing if the object is in no frame: then finding nothing would be perfect. */
    private static Optional<Scores> measure(Segmenter segmenter, List<MaskSplit.Part> parts)
            throws IOException {
        Map<String, MaskScore> found = new LinkedHashMap<>();
        Map<String, MaskScore> copied = new LinkedHashMap<>();
        boolean empty = true;
        for (MaskSplit.Part part : parts) {
            Image first = ImageFile.read(part.video().frames().get(part.from()));
            MaskedClip clip = part.read(first.width(), first.height());
            empty &= clip.isEmpty();
            found.put(
                    clip.name(),
                    MaskScores.ofClip(
                            clip,
                            segmenter.predict(
                                    new GivenVideo(
                                            clip.name(), clip.frames(), clip.masks().getFirst()))));
            copied.put(clip.name(), MaskScores.ofFirstMaskCopied(clip));
        }
        return empty
                ? Optional.empty()
                : Optional.of(new Scores(MaskScores.of(found), MaskScores.of(copied)));
    }
}
