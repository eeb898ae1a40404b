package dev.unroll.tasks.masks;

import dev.unroll.nn.ClipMemory;
import dev.unroll.nn.ConvGru;
import dev.unroll.nn.ConvLstm;
import dev.unroll.nn.FeedForward;
import dev.unroll.nn.MaskNetwork;
import dev.unroll.nn.Norm;
import dev.unroll.nn.Positions;
import dev.unroll.nn.Seed;
import dev.unroll.nn.TransformerShape;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.recipe.MaskData;
import dev.unroll.tasks.recipe.MaskModel;
import dev.unroll.tasks.recipe.MaskRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A recipe of masks made ready in a run's folder. */
public final class MaskTraining {
    /** The side of a recurrent state's kernel. */
    private static final int KERNEL = 3;

    private MaskTraining() {}

    /** Loads the videos and builds the model. */
    public static RunTraining prepare(MaskRecipe recipe, RunFolder folder, DataFiles files)
            throws IOException {
        return prepare(recipe, MaskVideos.of(recipe.data(), files), folder);
    }

    /** The same with videos of your own. */
    public static RunTraining prepare(MaskRecipe recipe, MaskSplit split, RunFolder folder)
            throws IOException {
        return prepare(
                recipe, model(recipe.model(), new Seed(recipe.training().seed())), split, folder);
    }

    private static <S> RunTraining prepare(
            MaskRecipe recipe, MaskNetwork<S> model, MaskSplit split, RunFolder folder)
            throws IOException {
        List<MaskedClip> training = read(split.training(), recipe);
        requireObject(training, recipe.data());
        List<MaskedClip> validation = read(split.validation(), recipe);
        boolean decides = !validation.stream().allMatch(MaskedClip::isEmpty);
        MaskLesson<S> lesson =
                new MaskLesson<>(model, recipe, training, decides ? validation : training);
        String about =
                "%s: %,d frames of %d videos, %d held out, at %d x %d"
                        .formatted(
                                MaskVideos.name(recipe.data()),
                                training.stream().mapToInt(MaskedClip::size).sum(),
                                training.size(),
                                split.heldOut().size(),
                                recipe.data().width(),
                                recipe.data().height());
        List<String> remarks = new ArrayList<>(split.remarks());
        if (!decides && !validation.isEmpty()) {
            remarks.add("no frame to decide with shows the object: what is learnt from decides");
        }
        return RunTraining.of(folder, recipe, model, lesson, about, remarks);
    }

    private static List<MaskedClip> read(List<MaskSplit.Part> parts, MaskRecipe recipe)
            throws IOException {
        List<MaskedClip> clips = new ArrayList<>();
        for (MaskSplit.Part part : parts) {
            clips.add(part.read(recipe.data().width(), recipe.data().height()));
        }
        return clips;
    }

    /** Where no mask has anything in it, finding nothing is perfect. */
    private static void requireObject(List<MaskedClip> training, MaskData data) {
        if (training.stream().allMatch(MaskedClip::isEmpty)) {
            throw new RecipeException(
                    ("%s: no mask that is learnt from has anything in it at %d x %d pixels: masks"
                                    + " are white where the object is, black elsewhere")
                            .formatted(MaskVideos.name(data), data.width(), data.height()));
        }
    }

    /** The network that a recipe describes. */
    static MaskNetwork<?> model(MaskModel recipe, Seed seed) {
        int deepest = MaskNetwork.DEEPEST * recipe.channels();
        return switch (recipe.kind()) {
            case LSTM ->
                    stacked(
                            recipe,
                            seed,
                            s -> new ClipMemory.State(ConvLstm.of(deepest, deepest, KERNEL, s)));
            case GRU ->
                    stacked(
                            recipe,
                            seed,
                            s -> new ClipMemory.State(ConvGru.of(deepest, deepest, KERNEL, s)));
            case TRANSFORMER -> {
                TransformerShape shape =
                        new TransformerShape(
                                deepest,
                                recipe.heads(),
                                recipe.heads(),
                                2 * deepest,
                                FeedForward.Kind.GELU,
                                Norm.Kind.LAYER,
                                true,
                                Positions.Kind.NONE,
                                1,
                                0);
                yield stacked(
                        recipe, seed, s -> ClipMemory.Attention.of(shape, recipe.frames(), s));
            }
            case NONE -> MaskNetwork.of(new ClipMemory.Nothing(), recipe.channels(), seed);
            case ELMAN ->
                    throw new IllegalArgumentException("there is no convolutional Elman network");
        };
    }

    /** A network around one memory as it is, or around several in a stack. */
    private static <S> MaskNetwork<?> stacked(
            MaskModel recipe, Seed seed, Function<Seed, ClipMemory<S>> maker) {
        Seed memory = seed.at("memory");
        if (recipe.layers() == 1) {
            return MaskNetwork.of(maker.apply(memory), recipe.channels(), seed);
        }
        List<ClipMemory<S>> layers =
                IntStream.range(0, recipe.layers())
                        .mapToObj(l -> maker.apply(memory.at(l)))
                        .toList();
        return MaskNetwork.of(new ClipMemory.Stacked<>(layers), recipe.channels(), seed);
    }
}
