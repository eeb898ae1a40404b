package dev.unroll.tasks.captioning;

import dev.unroll.backend.Noise;
import dev.unroll.backend.Workspace;
import dev.unroll.data.Batches;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.PictureDescriber;
import dev.unroll.tasks.image.Picture;
import dev.unroll.tasks.recipe.CaptioningRecipe;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import dev.unroll.text.Tokenizer;
import dev.unroll.train.Objective;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Learning to caption: pictures and captions as numbers, in batches, and their loss. */
final class CaptioningLesson implements Objective<CaptioningLesson.Batch> {
    /** Pictures of the validation set that are captioned at each measurement. */
    private static final int CAPTIONED = 300;

    /** A picture and one of its captions, in tokens. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Example(Picture picture, int[] caption) {}

    /**
     * Some pictures, each with one of its captions.
     *
     * @param pictures at the network's size
     * @param numbers where they stand in the data, all captions counted
     * @param key of what is changed of them
     * @param before each caption with the start token in front
     * @param after [tokens], each caption with the end token behind
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Batch(List<Picture> pictures, int[] numbers, long key, Tokens before, int[] after) {}

    private final PictureDescriber model;
    private final Tokenizer tokenizer;
    private final CaptioningRecipe recipe;
    private final Augmentation augmentation;
    private final List<CaptionedPicture> training;
    private final List<CaptionedPicture> validation;

    CaptioningLesson(
            PictureDescriber model,
            Tokenizer tokenizer,
            CaptioningRecipe recipe,
            List<CaptionedPicture> training,
            List<CaptionedPicture> validation) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.recipe = recipe;
        this.augmentation = new Augmentation(recipe.picture().changes());
        this.training = training;
        this.validation = validation;
    }

    @Override
    public Map<String, Parameter> parameters() {
        return Parameters.of(model);
    }

    /** Pictures are changed anew in each epoch. */
    @Override
    public List<Batch> batches(int epoch) {
        return batches(training, recipe.training().seed(), epoch);
    }

    private List<Batch> batches(List<CaptionedPicture> pictures, long seed, int epoch) {
        List<Example> examples = pictures.stream().flatMap(this::examples).toList();
        int[] lengths = new int[examples.size()];
        Arrays.fill(lengths, average(examples));
        int budget = recipe.training().batchTokens();
        long key = Noise.key(Noise.key(seed, "augmentation"), epoch);
        return Arrays.stream(Batches.epoch(lengths, budget, seed, epoch))
                .map(group -> batch(examples, group, key))
                .toList();
    }

    private Stream<Example> examples(CaptionedPicture picture) {
        return picture.captions().stream()
                .map(caption -> new Example(picture.picture(), tokenizer.encode(caption)));
    }

    /**
     * Tokens of a caption, its end included, rounded up. Batches are drawn as if all were so long:
     * what a picture costs does not depend on its caption, and a batch of captions of one length
     * would teach little but that length.
     */
    private static int average(List<Example> examples) {
        return (int)
                Math.ceil(
                        examples.stream()
                                .mapToInt(e -> e.caption().length + 1)
                                .average()
                                .orElse(1));
    }

    private Batch batch(List<Example> examples, int[] group, long key) {
        Tokens words =
                Tokens.of(Arrays.stream(group).mapToObj(i -> examples.get(i).caption()).toList());
        return new Batch(
                Arrays.stream(group).mapToObj(i -> examples.get(i).picture()).toList(),
                group,
                key,
                words.startingWith(tokenizer.vocabulary().start()),
                words.endingWith(tokenizer.vocabulary().end()).ids());
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        Tensor pictures =
                switch (mode) {
                    case Mode.Training _ -> changed(batch);
                    case Mode.Inference _ -> Captioner.tensor(batch.pictures());
                };
        return model.loss(pictures, batch.before(), batch.after(), mode);
    }

    private Tensor changed(Batch batch) {
        return Captioner.tensor(
                IntStream.range(0, batch.numbers().length)
                        .parallel()
                        .mapToObj(
                                i ->
                                        augmentation.of(
                                                batch.pictures().get(i),
                                                batch.key(),
                                                batch.numbers()[i]))
                        .toList());
    }

    @Override
    public int tokens(Batch batch) {
        return batch.after().length;
    }

    /** Loss of all validation captions, and how its first pictures are captioned, greedily. */
    @Override
    public Map<String, Double> validate() {
        double sum = 0;
        long tokens = 0;
        for (Batch batch : batches(validation, 0, 0)) {
            double loss = Workspace.run(() -> (double) loss(batch, Mode.INFERENCE).item());
            sum += loss * batch.after().length;
            tokens += batch.after().length;
        }
        Captioner captioner = new Captioner(tokenizer, model, recipe, recipe.decoding().greedy());
        CaptionScore.Agreement agreement =
                CaptionScore.Agreement.of(
                        captioner, validation.subList(0, Math.min(CAPTIONED, validation.size())));
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", sum / Math.max(1, tokens));
        figures.put("bleu", agreement.bleu());
        figures.put("exactMatch", agreement.exactMatch());
        return figures;
    }
}
