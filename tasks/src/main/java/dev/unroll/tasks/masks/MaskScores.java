package dev.unroll.tasks.masks;

import dev.unroll.formats.image.ImageMask;
import dev.unroll.tasks.metrics.MaskScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of predicted masks of several videos. As in DAVIS, neither the first frame, whose
 * mask is given, nor the last counts, and every video counts the same, however long.
 *
 * @param region J, 0 to 1
 * @param boundary F, 0 to 1
 * @param videos both of each video, by name
 */
public record MaskScores(double region, double boundary, Map<String, MaskScore> videos) {

    public MaskScores {
        videos = Collections.unmodifiableMap(new LinkedHashMap<>(videos));
    }

    /** The means over videos. */
    public static MaskScores of(Map<String, MaskScore> videos) {
        MaskScore mean = MaskScore.mean(List.copyOf(videos.values()));
        return new MaskScores(mean.region(), mean.boundary(), videos);
    }

    /**
     * The mean over the frames of one video that count; of a clip of two frames the second does.
     *
     * @param predicted a mask a frame; the first is not looked at
     */
    public static MaskScore ofClip(MaskedClip clip, List<ImageMask> predicted) {
        if (predicted.size() != clip.size()) {
            throw new IllegalArgumentException(
                    "clip %s: %d predicted masks for %d frames"
                            .formatted(clip.name(), predicted.size(), clip.size()));
        }
        List<MaskScore> scores = new ArrayList<>();
        for (int i = 1; i < Math.max(2, clip.size() - 1); i++) {
            scores.add(MaskScore.of(clip.masks().get(i), predicted.get(i)));
        }
        return MaskScore.mean(scores);
    }

    /** The baseline without a network: the given mask is copied to every frame. */
    public static MaskScore ofFirstMaskCopied(MaskedClip clip) {
        return ofClip(clip, Collections.nCopies(clip.size(), clip.masks().getFirst()));
    }
}
