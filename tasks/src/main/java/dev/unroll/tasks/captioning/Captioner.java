package dev.unroll.tasks.captioning;

import dev.unroll.data.Corpus;
import dev.unroll.decode.Hypothesis;
import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.nn.Mode;
import dev.unroll.nn.models.CaptioningModel;
import dev.unroll.nn.models.ImageContext;
import dev.unroll.nn.models.Memory;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.model.InferenceBatches;
import dev.unroll.tasks.model.PackedNetworks;
import dev.unroll.tasks.recipe.DecodingRecipe;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says what images show. Immutable, and safe to use from many threads at once.
 *
 * <pre>{@code
 * Captioner captioner = Captioner.load(Path.of("runs/emoji-captions"));
 * String words = captioner.predict(ImageFile.read(Path.of("cat.png"))).text();
 * }</pre>
 */
public final class Captioner implements Predictor<Image, Caption> {
    private final Tokenizer tokenizer;
    private final CaptioningModel model;
    private final CaptioningRecipe recipe;
    private final DecodingRecipe decoding;

    Captioner(
            Tokenizer tokenizer,
            CaptioningModel model,
            CaptioningRecipe recipe,
            DecodingRecipe decoding) {
        this.tokenizer = tokenizer;
        this.model = PackedNetworks.forDecoding(model);
        this.recipe = recipe;
        this.decoding = decoding;
    }

    /**
     * The captioner of a run.
     *
     * @param run the run's folder
     * @throws IllegalArgumentException if it is no run of this task, or its files do not fit
     *     together
     */
    public static Captioner load(Path run) throws IOException {
        return Runs.load(CaptioningTask.TASK, run);
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a captioner with the best weights
     */
    public static Captioner train(
            CaptioningRecipe recipe, Corpus<CaptionedImage> corpus, Path folder)
            throws IOException {
        return Runs.train(CaptioningTask.TASK, recipe, corpus, folder);
    }

    /** The same, writing in another way. */
    public Captioner with(DecodingRecipe other) {
        return new Captioner(tokenizer, model, recipe, other);
    }

    /** The search and its limits. */
    public DecodingRecipe decoding() {
        return decoding;
    }

    /** Words to numbers and back. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Images of any size; they are scaled, and what is not square gets white beside it. */
    @Override
    public List<Caption> predictAll(List<Image> images) {
        return InferenceBatches.longestFirst(new int[images.size()], decoding.batch())
                .run(images, this::captions);
    }

    @Override
    public List<Image> examples() {
        return List.of(Image.filled(recipe.image().size(), recipe.image().size(), Colour.WHITE));
    }

    private List<Caption> captions(List<Image> images) {
        List<Image> prepared = images.stream().map(i -> prepared(i, recipe.image())).toList();
        return search(prepared).stream()
                .map(List::getFirst)
                .map(
                        best ->
                                new Caption(
                                        tokenizer.show(best.tokens()),
                                        best.score(),
                                        best.finished()))
                .toList();
    }

    private List<List<Hypothesis>> search(List<Image> images) {
        int[] limits = new int[images.size()];
        Arrays.fill(limits, recipe.data().maxTokens() + 1);
        return decoding.search()
                .search(
                        model.decoder().decode(model.memory(tensor(images), Mode.INFERENCE)),
                        tokenizer.vocabulary().start(),
                        tokenizer.vocabulary().end(),
                        limits);
    }

    /**
     * {@return true if the decoder attends to the parts of the image ({@code image.features:
     * attend}), false if it gets one summary of the image at its start}
     */
    public boolean attends() {
        return recipe.image().features() == ImageContext.Kind.ATTEND;
    }

    /**
     * Where the model looks at an image while it writes a caption.
     *
     * @param caption in words; those the model does not know are looked for all the same
     * @throws UnsupportedOperationException if the model does not look while it writes: see {@link
     *     #attends()}
     */
    public CaptionAttention attentionMap(Image image, String caption) {
        if (!attends()) {
            throw new UnsupportedOperationException(
                    "this model looks at the image once, before it writes; for where it looks"
                            + " train one with image.features=attend");
        }
        int[] words = tokenizer.encode(caption);
        Tokens before = Tokens.of(List.of(words)).startingWith(tokenizer.vocabulary().start());
        Image prepared = prepared(image, recipe.image());
        float[] weights =
                MemoryScope.run(
                        () -> {
                            Memory memory = model.memory(tensor(List.of(prepared)), Mode.INFERENCE);
                            return model.decoder().attentionWeights(memory, before).toArray();
                        });
        int cells = weights.length / before.ids().length;
        List<CaptionAttention.Word> looks = new ArrayList<>();
        for (int w = 0; w < words.length; w++) {
            looks.add(
                    new CaptionAttention.Word(
                            tokenizer.show(new int[] {words[w]}),
                            Arrays.copyOfRange(weights, w * cells, (w + 1) * cells)));
        }
        return new CaptionAttention(prepared, looks);
    }

    /** In a square of so many pixels. */
    static Image scaled(Image image, int size) {
        return image.fitted(size, size, Colour.WHITE);
    }

    /** As the network wants it. */
    static Image prepared(Image image, ImageRecipe recipe) {
        Image seen = recipe.colour() ? image.colour() : image.grey();
        return scaled(seen, recipe.size());
    }

    /** Ink of images of one size, 0 where they are white: [batch, height, width, channels]. */
    static Tensor tensor(List<Image> images) {
        Image first = images.getFirst();
        int one = first.values().length;
        float[] values = new float[one * images.size()];
        for (int i = 0; i < images.size(); i++) {
            float[] light = images.get(i).values();
            for (int j = 0; j < one; j++) {
                values[i * one + j] = 1 - light[j];
            }
        }
        return Tensor.of(values, images.size(), first.height(), first.width(), first.channels());
    }
}
