package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Image;
import dev.unroll.nn.Mode;
import dev.unroll.nn.models.CaptioningModel;
import dev.unroll.random.Noise;
import dev.unroll.tasks.task.SupervisedObjective;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import dev.unroll.text.Tokenizer;
import dev.unroll.train.Batches;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Training a captioner: images and captions as numbers, in batches, and their loss. Images are
 * changed anew in each epoch.
 *
 * @param toCaption images of the validation set that are captioned to measure the model
 */
record CaptioningObjective(
        CaptioningModel model,
        Tokenizer tokenizer,
        CaptioningRecipe recipe,
        List<Example> train,
        List<Example> validation,
        List<CaptionedImage> toCaption)
        implements SupervisedObjective<CaptioningObjective.Example, CaptioningObjective.Batch> {

    /** Images of the validation set that are captioned at each measurement. */
    private static final int CAPTIONED = 300;

    static CaptioningObjective of(
            CaptioningModel model,
            Tokenizer tokenizer,
            CaptioningRecipe recipe,
            List<CaptionedImage> train,
            List<CaptionedImage> validation) {
        return new CaptioningObjective(
                model,
                tokenizer,
                recipe,
                examples(train, tokenizer),
                examples(validation, tokenizer),
                validation.subList(0, Math.min(CAPTIONED, validation.size())));
    }

    /** An image and one of its captions, in tokens. */
    @SuppressWarnings("ArrayRecordComponent")
    record Example(Image image, int[] caption) {}

    private static List<Example> examples(List<CaptionedImage> images, Tokenizer tokenizer) {
        return images.stream()
                .flatMap(
                        image ->
                                image.captions().stream()
                                        .map(
                                                caption ->
                                                        new Example(
                                                                image.image(),
                                                                tokenizer.encode(caption))))
                .toList();
    }

    /**
     * Some images, each with one of its captions.
     *
     * @param images at the network's size
     * @param numbers where they stand in the data, all captions counted
     * @param key of what is changed of them
     * @param before each caption with the start token in front
     * @param after [tokens], each caption with the end token behind
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Batch(List<Image> images, int[] numbers, long key, Tokens before, int[] after) {}

    /**
     * Batches are drawn as if all captions were as long as their mean, the end included, rounded
     * up: what an image costs does not depend on its caption, and a batch of captions of one length
     * would teach little but that length.
     */
    @Override
    public int[][] groups(List<Example> examples, int budget, long seed, int epoch) {
        int[] lengths = new int[examples.size()];
        double mean = examples.stream().mapToInt(e -> e.caption().length + 1).average().orElse(1);
        Arrays.fill(lengths, (int) Math.ceil(mean));
        return Batches.epoch(lengths, budget, seed, epoch);
    }

    @Override
    public Batch batch(List<Example> examples, int[] group, OptionalInt epoch) {
        List<Example> some = Arrays.stream(group).mapToObj(examples::get).toList();
        Tokens words = Tokens.of(some.stream().map(Example::caption).toList());
        return new Batch(
                some.stream().map(Example::image).toList(),
                group,
                Noise.key(Noise.key(training().seed(), "augmentation"), epoch.orElse(0)),
                words.startingWith(tokenizer.vocabulary().start()),
                words.endingWith(tokenizer.vocabulary().end()).ids());
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        Tensor images =
                switch (mode) {
                    case Mode.Training _ -> changed(batch);
                    case Mode.Inference _ -> Captioner.tensor(batch.images());
                };
        return model.loss(images, batch.before(), batch.after(), mode);
    }

    private Tensor changed(Batch batch) {
        Augmentation augmentation = new Augmentation(recipe.image().changes());
        return Captioner.tensor(
                IntStream.range(0, batch.numbers().length)
                        .parallel()
                        .mapToObj(
                                i ->
                                        augmentation.of(
                                                batch.images().get(i),
                                                batch.key(),
                                                batch.numbers()[i]))
                        .toList());
    }

    @Override
    public int targets(Batch batch) {
        return batch.after().length;
    }

    /** Loss of all validation captions, and how its first images are captioned, greedily. */
    @Override
    public Map<String, Double> validate() {
        CaptionScore.Agreement agreement =
                CaptionScore.Agreement.of(
                        new Captioner(tokenizer, model, recipe, recipe.decoding().greedy()),
                        toCaption);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", validationLoss());
        metrics.put("bleu", agreement.bleu());
        metrics.put("exactMatch", agreement.exactMatch());
        return metrics;
    }
}
