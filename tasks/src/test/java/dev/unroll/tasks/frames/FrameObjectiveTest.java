package dev.unroll.tasks.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.nn.Seed;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tasks.recipe.RecipeFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of frames, each frame with its number as what is seen of it and as its label. */
class FrameObjectiveTest {
    private static final int EPOCHS = 20;

    private static FrameObjective objective(int seed, int window, int batchTokens, int... lengths) {
        String yaml =
                """
                task: label-frames
                data: {set: own, columns: [number], file: made, label: made, window: %d}
                model: {kind: mlp, width: 4, hidden: 4}
                training: {seed: %d, batchTokens: %d}
                """
                        .formatted(window, seed, batchTokens);
        FrameRecipe recipe = RecipeFile.parse(FrameRecipe.class, yaml);
        List<FrameObjective.Seen> videos = new ArrayList<>();
        int number = 0;
        for (int length : lengths) {
            float[][] frames = new float[length][1];
            int[] labels = new int[length];
            for (int t = 0; t < length; t++) {
                labels[t] = number;
                frames[t][0] = number++;
            }
            videos.add(new FrameObjective.Seen(frames, labels));
        }
        FrameNetwork network =
                new FrameNetwork(
                        FrameTask.model(recipe, 1, number, new Seed(seed)), number, window, 0);
        return new FrameObjective(
                network,
                recipe.training(),
                videos,
                List.of(),
                ClassNames.of(List.of()),
                TargetWeights.of(null, ClassNames.of(List.of()), IntStream.empty()));
    }

    /** The frames with which pieces begin. */
    private static Set<Integer> cuts(FrameObjective objective, int epoch) {
        Set<Integer> cuts = new HashSet<>();
        for (FrameObjective.Batch batch : objective.batches(epoch)) {
            int at = 0;
            for (int length : batch.frames().layout().lengths()) {
                cuts.add(batch.labels()[at]);
                at += length;
            }
        }
        return cuts;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 100, 4_096})
    void a_video_is_labelled_alike_however_many_frames_are_read_together(int together) {
        FrameObjective objective = objective(1, 32, 100, 300);
        float[][] video = objective.training().getFirst().frames();
        double[][] alone = objective.network().probabilities(video, 32);
        double[][] labelled = objective.network().probabilities(video, together);
        for (int t = 0; t < video.length; t++) {
            assertThat(labelled[t]).containsExactly(alone[t], within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 1000})
    void epochs_and_neighbouring_seeds_cut_videos_in_different_places(int seed) {
        Set<Set<Integer>> different = new HashSet<>();
        for (int s = seed; s < seed + 3; s++) {
            FrameObjective objective = objective(s, 32, 100, 300, 200);
            IntStream.range(0, EPOCHS).forEach(e -> different.add(cuts(objective, e)));
        }
        // of 60 draws from 32 * 32 pairs of places a few may be alike
        assertThat(different).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({
        "16, 64, 100, 90, 37", "128, 2048, 1700, 1500, 1300", "20, 8, 50, 60, 70",
        "30, 40, 5, 7, 9", "2, 3, 10, 10, 10", "10, 1000, 100, 200, 1"
    })
    void epochs_have_equally_many_batches_that_meet_each_frame_once(
            int window, int batchTokens, int a, int b, int c) {
        FrameObjective objective = objective(3, window, batchTokens, a, b, c);
        int steps = objective.batches(0).size();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            List<FrameObjective.Batch> batches = objective.batches(epoch);
            assertThat(batches).hasSize(steps);
            for (FrameObjective.Batch batch : batches) {
                assertThat(objective.tokens(batch)).isBetween(1, Math.max(batchTokens, 3 * window));
            }
            int[] met = batches.stream().flatMapToInt(x -> Arrays.stream(x.labels())).toArray();
            Arrays.sort(met);
            assertThat(met).isEqualTo(IntStream.range(0, a + b + c).toArray());
        }
    }
}
