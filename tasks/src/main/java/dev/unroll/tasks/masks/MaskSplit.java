package dev.unroll.tasks.masks;

import dev.unroll.data.Corpus;
import dev.unroll.data.table.MaskedVideo;
import dev.unroll.formats.image.ImageFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which frames of which videos are learnt from, and which are not.
 *
 * <p>Of each video that is not held out, the first 70 % of the frames are for learning: the first
 * 60 % are learnt from and the next 10 % decide with which weights to end. Its later frames, 30 %,
 * are a test by themselves: they show known objects. The held-out videos are the other test, whole:
 * they show unknown ones. Every part begins with a frame whose mask is given.
 */
public final class MaskSplit {
    /** The test part of videos that are held out. */
    static final String HELD_OUT = "held-out videos";

    private MaskSplit() {}

    private static final double LEARNT = 0.6;
    private static final double DECIDED = 0.7;

    /**
     * From so many frames on, a video always has two for validation; by how its parts are rounded,
     * 14 and 15 frames do, too, but not 16.
     */
    static final int ENOUGH = 17;

    /**
     * Frames of a video.
     *
     * @param from the first
     * @param to the one after the last
     */
    public record Part(MaskedVideo video, int from, int to) {

        /** Its images and masks, scaled. */
        public MaskedClip read(int width, int height) throws IOException {
            return MaskedClip.read(video, from, to, width, height);
        }
    }

    /**
     * The split of some videos.
     *
     * @param heldOut names of the videos that are held out
     * @throws IllegalArgumentException if a name is no video's, or nothing is left for training
     */
    public static Corpus<Part> of(String name, List<MaskedVideo> videos, List<String> heldOut) {
        List<String> names = videos.stream().map(MaskedVideo::name).toList();
        for (String held : heldOut) {
            if (!names.contains(held)) {
                throw new IllegalArgumentException(
                        "there is no video '%s' to hold out; there are %s".formatted(held, names));
            }
        }
        Parts training = new Parts("training");
        Parts validation = new Parts("validation");
        Parts later = new Parts("the test, after those for training");
        Parts unseen = new Parts("the test, though held out");
        for (MaskedVideo video : videos) {
            int frames = video.frames().size();
            if (heldOut.contains(video.name())) {
                unseen.add(video, 0, frames);
                continue;
            }
            int learnt = (int) Math.round(LEARNT * frames);
            int decided = (int) Math.round(DECIDED * frames);
            training.add(video, 0, learnt);
            validation.add(video, learnt, decided);
            later.add(video, decided, frames);
        }
        if (training.used().isEmpty()) {
            throw new IllegalArgumentException(
                    "no video is left for training: hold fewer out, or give longer ones");
        }
        List<String> remarks = new ArrayList<>(training.remarks());
        remarks.addAll(
                validation.used().isEmpty()
                        ? List.of(
                                "no video is long enough for frames for validation (%d frames always"
                                                .formatted(ENOUGH)
                                        + " are): the training frames decide")
                        : validation.remarks());
        remarks.addAll(later.remarks());
        remarks.addAll(unseen.remarks());
        Map<String, List<Part>> tests = new LinkedHashMap<>();
        tests.put(HELD_OUT, unseen.used());
        tests.put("later frames", later.used());
        return new Corpus<>(name, List.of(), training.used(), validation.used(), tests, remarks);
    }

    /**
     * Parts of videos for one purpose, and the videos whose part is too short for it: a single
     * frame, whose mask is given, has nothing to predict.
     */
    private record Parts(String purpose, List<Part> used, List<String> tooShort) {
        Parts(String purpose) {
            this(purpose, new ArrayList<>(), new ArrayList<>());
        }

        void add(MaskedVideo video, int from, int to) {
            if (to - from > 1) {
                used.add(new Part(video, from, to));
            } else {
                tooShort.add(video.name());
            }
        }

        List<String> remarks() {
            return tooShort.isEmpty()
                    ? List.of()
                    : List.of(
                            String.format(
                                    Locale.ROOT,
                                    "%,d of %,d videos %s too short to have two frames for %s: %s",
                                    tooShort.size(),
                                    tooShort.size() + used.size(),
                                    tooShort.size() == 1 ? "is" : "are",
                                    purpose,
                                    ImageFolder.some(tooShort)));
        }
    }
}
