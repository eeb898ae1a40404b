package dev.unroll.tasks.frames;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.random.Noise;
import dev.unroll.tasks.model.ClassMetrics;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Learning labels of frames: pieces of videos in batches, cut anew in each epoch. */
record FrameObjective(
        FrameNetwork network,
        TrainingRecipe how,
        List<Seen> training,
        List<Seen> validation,
        ClassNames classes,
        TargetWeights weights)
        implements Objective<FrameObjective.Batch> {

    /**
     * Some pieces.
     *
     * @param pieces what is seen of each, [frames, width]
     * @param labels [frames] of all
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Batch(List<float[][]> pieces, int[] labels) {

        /** {@return what is seen of all pieces, copied when a step asks for it} */
        Sequences frames() {
            return FrameWindows.endToEnd(pieces);
        }
    }

    /**
     * A video as the network sees it.
     *
     * @param frames [frames, width]
     * @param labels [frames]
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Seen(float[][] frames, int[] labels) {

        static List<Seen> of(List<LabelledVideo> videos, FrameInput input, ClassNames classes) {
            return videos.stream()
                    .map(video -> new Seen(input.of(video.frames()), video.numbers(classes)))
                    .toList();
        }

        Seen part(FrameWindows.Window window) {
            return new Seen(
                    Arrays.copyOfRange(frames, window.from(), window.to()),
                    Arrays.copyOfRange(labels, window.from(), window.to()));
        }
    }

    @Override
    public Map<String, Parameter> parameters() {
        return Parameters.of(network.model());
    }

    /** As many batches in each epoch, though the number of pieces varies. */
    @Override
    public List<Batch> batches(int epoch) {
        List<Seen> pieces = pieces(epoch);
        long total = pieces.stream().mapToLong(piece -> piece.labels().length).sum();
        long steps = steps(total);
        List<Batch> batches = new ArrayList<>();
        List<Seen> some = new ArrayList<>();
        long frames = 0;
        for (Seen piece : pieces) {
            if (frames * steps >= (batches.size() + 1) * total) {
                batches.add(batch(some));
                some.clear();
            }
            some.add(piece);
            frames += piece.labels().length;
        }
        batches.add(batch(some));
        return batches;
    }

    /**
     * Equal shares of the frames. A batch takes the pieces that begin in its share: the share is
     * less than a whole batch by the piece that may reach over its end, and not less than a piece,
     * so that no batch is empty.
     */
    private long steps(long frames) {
        int window = network.window();
        int share = Math.max(window, how.batchTokens() - window);
        return Math.max(1, Math.min((frames + share - 1) / share, frames / window));
    }

    private List<Seen> pieces(int epoch) {
        long key = Noise.key(Noise.key(how.seed(), "windows"), epoch);
        List<Seen> pieces = new ArrayList<>();
        for (int v = 0; v < training.size(); v++) {
            Seen video = training.get(v);
            for (FrameWindows.Window window :
                    FrameWindows.drawn(
                            video.frames().length, network.window(), Noise.uniform(key, v))) {
                pieces.add(video.part(window));
            }
        }
        Collections.shuffle(pieces, new Random(Noise.key(key, "order")));
        return pieces;
    }

    private static Batch batch(List<Seen> pieces) {
        return new Batch(
                pieces.stream().map(Seen::frames).toList(),
                pieces.stream().flatMapToInt(p -> Arrays.stream(p.labels())).toArray());
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        return weights.loss(
                network.model().logits(batch.frames(), mode),
                batch.labels(),
                (float) mode.labelSmoothing());
    }

    @Override
    public int tokens(Batch batch) {
        return batch.labels().length;
    }

    /**
     * Loss, accuracy and macro-F1 of the validation frames, as they are labelled in use: as many at
     * a time as a batch has, so that measuring takes no more memory than a step.
     */
    @Override
    public Map<String, Double> validate() {
        double loss = 0;
        double total = 0;
        List<int[]> truth = new ArrayList<>();
        List<int[]> predicted = new ArrayList<>();
        for (Seen video : validation) {
            double[][] probabilities = network.probabilities(video.frames(), how.batchTokens());
            for (int t = 0; t < probabilities.length; t++) {
                int label = video.labels()[t];
                loss -= weights.of(label) * Math.log(Math.max(1e-30, probabilities[t][label]));
            }
            total += weights.sum(video.labels());
            truth.add(video.labels());
            predicted.add(FrameNetwork.likeliest(probabilities));
        }
        FrameMetrics found = FrameMetrics.of(classes.names(), truth, predicted);
        Map<String, Double> metrics =
                ClassMetrics.of(total > 0 ? loss / total : 0, found.accuracy(), found.macroF1());
        metrics.put("edit", found.segments().edit());
        return metrics;
    }
}
