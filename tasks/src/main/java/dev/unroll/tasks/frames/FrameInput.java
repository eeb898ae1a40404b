package dev.unroll.tasks.frames;

import dev.unroll.tasks.run.Artefact;
import dev.unroll.tasks.run.JsonArtefact;
import dev.unroll.tasks.task.Fitting;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the numbers of a video into the rows that the network reads.
 *
 * @param columns numbers of a frame
 * @param features what is made of them
 * @param standard what makes features alike in size; null if each video has its own
 */
record FrameInput(int columns, FrameData.Features features, @Nullable Standardizer standard) {
    /** In a run's folder. */
    static final Artefact<FrameInput> FILE =
            new JsonArtefact<>(
                    "features.json",
                    FrameInput.class,
                    FrameInput::checked,
                    input -> input,
                    "without it the run does not know what its network sees",
                    "does not say what its network sees");

    private static FrameInput checked(FrameInput read) {
        if (read.columns < 1
                || (read.standard != null && read.standard.mean().size() != read.width())) {
            throw new IllegalArgumentException("as many means as features");
        }
        return read;
    }

    /** Of videos of the training set. */
    static FrameInput of(FrameData recipe, List<LabelledVideo> training) {
        List<float[][]> features =
                training.stream()
                        .map(video -> FrameFeatures.of(recipe.features(), video.frames()))
                        .toList();
        return new FrameInput(
                training.getFirst().frames().columns(),
                recipe.features(),
                switch (recipe.standard()) {
                    case TRAINING -> Standardizer.of(features);
                    case VIDEO -> null;
                });
    }

    /** The rows that the network reads: [frames, width]. */
    float[][] of(FrameRows video) {
        if (video.columns() != columns) {
            throw new IllegalArgumentException(
                    "video %s: frames of %d numbers; this model was taught with %d"
                            .formatted(video.name(), video.columns(), columns));
        }
        float[][] made = FrameFeatures.of(features, video);
        return (standard == null ? Standardizer.of(List.<float[][]>of(made)) : standard)
                .apply(made);
    }

    /** Numbers that the network sees of a frame. */
    int width() {
        return FrameFeatures.of(features, new FrameRows("", new float[1][columns]))[0].length;
    }

    /** Of a run: the same as before when a training goes on, since the weights fit nothing else. */
    static FrameInput of(Fitting<FrameRecipe, LabelledVideo> fitting) throws IOException {
        return fitting.same(
                FILE,
                (recipe, corpus) -> of(recipe.data(), corpus.train()),
                (before, now) -> now.difference(before));
    }

    private String difference(FrameInput before) {
        if (columns != before.columns) {
            return "frames of %d numbers, and the data have %d now"
                    .formatted(before.columns, columns);
        }
        if (features != before.features) {
            return "the features %s, and the recipe has %s now"
                    .formatted(before.features, features);
        }
        if (standard == null || before.standard == null) {
            return "with another 'data.standard' than the recipe has now";
        }
        return "frames of another mean and deviation than those that the data have now";
    }
}
