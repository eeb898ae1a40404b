package dev.unroll.vector;

import static dev.unroll.vector.base.Species.L;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.EncoderStack;
import dev.unroll.backend.Groups;
import dev.unroll.backend.Inference.FixedWeights;
import dev.unroll.backend.Unary;
import dev.unroll.backend.View;
import dev.unroll.backend.WeightStorage;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Masks;
import dev.unroll.memory.Workspace;
import java.util.List;

/** Whole encoder layers, and weights in less memory; their arrays are used again each time. */
final class PackedExercises {
    private PackedExercises() {}

    /** Of rows in tiles of all heights. */
    static List<Exercise> all() {
        return List.of(
                compact(WeightStorage.BF16),
                compact(WeightStorage.INT8),
                encoder(20, 1, WeightStorage.F32),
                encoder(3, 8, WeightStorage.F32),
                encoder(5, 1, WeightStorage.BF16),
                encoder(5, 1, WeightStorage.INT8));
    }

    private static Exercise compact(WeightStorage storage) {
        View w = Exercises.of(33, 3 * L);
        View x = Exercises.of(13, 33);
        View y = Exercises.of(13, 3 * L);
        return new Exercise(
                Part.INFERENCE,
                13L * 33 * 3 * L,
                groups -> {
                    FixedWeights fixed = groups.inference().fix(w, storage);
                    Workspace.run(
                            () -> {
                                groups.inference().multiply(x, fixed, null, y);
                                return true;
                            });
                });
    }

    /**
     * A layer with as few numbers as lead through its loops: a loop is compiled after some hundred
     * calls, and until then each vector in it is an object.
     *
     * @param panels those of the wide matrix, each of which a loop is called for
     * @param storage of the weights
     */
    private static Exercise encoder(int rows, int panels, WeightStorage storage) {
        int width = 32;
        int inside = panels * width;
        View square = Exercises.of(width, width);
        View wide = Exercises.of(width, inside);
        View back = Exercises.of(inside, width);
        View bias = Exercises.of(width);
        View insideBias = Exercises.of(inside);
        int[] offsets = {0, rows};
        AttentionHeads heads = new AttentionHeads(1, 1, width, width, 0.2f);
        AttentionShape shape =
                new AttentionShape(offsets, offsets, new int[1], heads, HeadMasks.same(Masks.NONE));
        View x = Exercises.of(rows, width);
        View y = Exercises.of(rows, width);
        return new Exercise(
                Part.ENCODERS,
                (long) rows * width * (4 * width + 2 * inside),
                groups -> {
                    EncoderStack.Product own = product(groups, square, bias, storage);
                    EncoderStack.Norm norm = new EncoderStack.Norm(bias, bias, 1e-5f);
                    EncoderStack.Layer layer =
                            new EncoderStack.Layer(
                                    own,
                                    own,
                                    own,
                                    own,
                                    norm,
                                    product(groups, wide, insideBias, storage),
                                    Unary.GELU,
                                    product(groups, back, bias, storage),
                                    norm);
                    EncoderStack stack = new EncoderStack(shape, false, List.of(layer));
                    Workspace.run(
                            () -> {
                                groups.encoders().encode(stack, x, y);
                                return true;
                            });
                });
    }

    private static EncoderStack.Product product(
            Groups groups, View weights, View bias, WeightStorage storage) {
        return new EncoderStack.Product(groups.inference().fix(weights, storage), bias);
    }
}
