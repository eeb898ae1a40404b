package dev.unroll.tasks.masks;

import dev.unroll.formats.image.ImageMask;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.models.MaskNetwork;
import dev.unroll.random.Noise;
import dev.unroll.tasks.metrics.MaskScore;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Learning masks from short clips, the network's own masks fed back to it. */
record MaskObjective<S>(
        MaskNetwork<S> model,
        MaskRecipe recipe,
        List<MaskedClip> training,
        List<MaskedClip> validation)
        implements Objective<MaskObjective.Batch> {

    /**
     * A piece of a clip.
     *
     * @param clip which
     * @param start its first frame
     * @param step frames from one to the next
     * @param glimpse how it is looked at
     */
    record Piece(int clip, int start, int step, ClipAugmentation glimpse) {

        /** Where in the clip its frame t is. */
        int place(int t) {
            return start + t * step;
        }
    }

    /** Pieces of the same length. */
    record Batch(List<Piece> pieces, int length) {}

    @Override
    public Map<String, Parameter> parameters() {
        return Parameters.of(model);
    }

    @Override
    public List<Batch> batches(int epoch) {
        long key = Noise.key(Noise.key(recipe.training().seed(), "clips"), epoch);
        int shortest = training.stream().mapToInt(MaskedClip::size).min().orElse(2);
        int length = Math.min(recipe.data().length(), shortest);
        int batch = recipe.data().batch();
        return IntStream.range(0, recipe.data().batches())
                .mapToObj(b -> IntStream.range(b * batch, (b + 1) * batch))
                .map(numbers -> numbers.mapToObj(i -> piece(Noise.key(key, i), length)).toList())
                .map(pieces -> new Batch(pieces, length))
                .toList();
    }

    private Piece piece(long key, int length) {
        int clip = (int) (Noise.uniform(key, 0) * training.size());
        int frames = training.get(clip).size();
        int most = Math.min(3, (frames - 1) / (length - 1));
        int step = 1 + (int) (Noise.uniform(key, 1) * most);
        int places = frames - step * (length - 1);
        int start = (int) (Noise.uniform(key, 2) * places);
        return new Piece(clip, start, step, ClipAugmentation.of(Noise.key(key, "glimpse")));
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        MaskNetwork.Past<S> past = model.begin(frames(batch, 0), masks(batch, 0), mode);
        List<Tensor> losses = new ArrayList<>();
        for (int t = 1; t < batch.length(); t++) {
            MaskNetwork.Answer<S> answer = model.next(frames(batch, t), past, mode);
            losses.add(MaskNetwork.loss(answer.logits(), masks(batch, t)));
            past = answer.past();
        }
        Tensor sum = losses.getFirst();
        for (Tensor loss : losses.subList(1, losses.size())) {
            sum = sum.plus(loss);
        }
        return sum.times(1f / losses.size());
    }

    private Tensor frames(Batch batch, int t) {
        return ClipTensors.frames(
                batch.pieces().stream()
                        .map(p -> p.glimpse().of(clip(p).frames().get(p.place(t))))
                        .toList());
    }

    private Tensor masks(Batch batch, int t) {
        return ClipTensors.masks(
                batch.pieces().stream()
                        .map(p -> p.glimpse().of(clip(p).masks().get(p.place(t))))
                        .toList());
    }

    private MaskedClip clip(Piece piece) {
        return training.get(piece.clip());
    }

    /** Frames. */
    @Override
    public int tokens(Batch batch) {
        return batch.pieces().size() * (batch.length() - 1);
    }

    /** The mean J and F of the validation's videos, and as a loss what J lacks of 1. */
    @Override
    public Map<String, Double> validate() {
        List<MaskScore> scores = new ArrayList<>();
        for (MaskedClip clip : validation) {
            List<ImageMask> found = Segmenter.masks(model, clip.frames(), clip.masks().getFirst());
            scores.add(MaskScores.ofClip(clip, found));
        }
        MaskScore mean = MaskScore.mean(scores);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", 1 - mean.region());
        metrics.put("jaccard", mean.region());
        metrics.put("boundary", mean.boundary());
        return metrics;
    }
}
