package dev.unroll.tasks.frames;

import dev.unroll.tasks.recipe.FrameData;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import dev.unroll.tasks.run.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a video's numbers become what the network sees.
 *
 * @param columns numbers of a frame
 * @param features what is made of them
 * @param standard what makes features alike in size; null if each video has its own
 */
record FrameInput(int columns, FrameData.Features features, @Nullable Standard standard) {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    /** Of videos that are learnt from. */
    static FrameInput of(FrameData recipe, List<LabelledVideo> training) {
        List<float[][]> features =
                training.stream()
                        .map(video -> FrameFeatures.of(recipe.features(), video.frames()))
                        .toList();
        return new FrameInput(
                training.getFirst().frames().columns(),
                recipe.features(),
                switch (recipe.standard()) {
                    case TRAINING -> Standard.of(features);
                    case VIDEO -> null;
                });
    }

    /** What the network sees: [frames, width]. */
    float[][] of(FrameRows video) {
        if (video.columns() != columns) {
            throw new IllegalArgumentException(
                    "video %s: frames of %d numbers; this model was taught with %d"
                            .formatted(video.name(), video.columns(), columns));
        }
        float[][] made = FrameFeatures.of(features, video);
        return (standard == null ? Standard.of(List.<float[][]>of(made)) : standard).apply(made);
    }

    /** Numbers that the network sees of a frame. */
    int width() {
        return FrameFeatures.of(features, new FrameRows("", new float[1][columns]))[0].length;
    }

    /**
     * Writes itself into the folder of a training that begins; where one goes on, compares itself
     * with what that began with, because the weights fit nothing else.
     *
     * @return itself
     * @throws RunException if a training goes on and saw something else until now
     */
    FrameInput ofRun(RunFolder folder) throws IOException {
        if (!RunTraining.goesOn(folder)) {
            write(folder.features());
            return this;
        }
        FrameInput before = read(folder.features());
        if (!equals(before)) {
            throw new RunException(
                    "%s learnt %s; train another run for them, with --run"
                            .formatted(folder.directory(), difference(before)));
        }
        return this;
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

    void write(Path file) throws IOException {
        WholeFile.write(file, JSON.writeValueAsString(this) + "\n");
    }

    static FrameInput read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RunException(
                    file + " is missing: without it the run does not know what its network sees");
        }
        try {
            FrameInput input = JSON.readValue(Files.readString(file), FrameInput.class);
            if (input.columns < 1
                    || (input.standard != null && input.standard.mean().size() != input.width())) {
                throw new RunException(file + " does not fit itself; train the run again");
            }
            return input;
        } catch (JacksonException e) {
            throw new RunException(
                    file + " does not say what its network sees; train the run again");
        }
    }
}
