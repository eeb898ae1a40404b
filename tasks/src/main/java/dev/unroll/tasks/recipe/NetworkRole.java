package dev.unroll.tasks.recipe;

import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.tasks.recipe.NetworkRecipe.Recurrent.Attention;
import org.jspecify.annotations.Nullable;

/** The network of a recipe for what a task needs it for: to read, to write, or both. */
public final class NetworkRole {
    private NetworkRole() {}

    /**
     * A network that only reads: both ways unless it says otherwise, and without a decoder's keys.
     *
     * @throws RecipeException if the recipe has none, or one with keys of a decoder
     */
    public static NetworkRecipe encoder(@Nullable NetworkRecipe model) {
        return switch (withoutDecoder(model)) {
            case NetworkRecipe.Recurrent r -> r.bidirectional(Checks.or(r.bidirectional(), true));
            case NetworkRecipe.Transformer t -> reading(t);
            case NetworkRecipe.Mlp m -> m;
        };
    }

    /**
     * The model of a task on text: a network as {@link #encoder} has it, or a pretrained one.
     *
     * @throws RecipeException if the recipe has none, or one with keys of a decoder
     */
    public static ModelRecipe textEncoder(@Nullable ModelRecipe model) {
        return switch (Checks.given(model, "model")) {
            case PretrainedRecipe pretrained -> pretrained;
            case NetworkRecipe network -> encoder(network);
        };
    }

    /** Both ways unless it says otherwise; a decay is of use only to one that looks back. */
    private static NetworkRecipe reading(NetworkRecipe.Transformer t) {
        boolean bothWays = Checks.or(t.bidirectional(), true);
        AttentionKind kind = t.selfAttention();
        if (bothWays && !kind.equals(kind.bothWays())) {
            throw new RecipeException(
                    "'model.attention.linear' of a network that reads both ways is none: a decay"
                            + " counts from a token back to its past; write linear: none, or"
                            + " model.bidirectional: false");
        }
        return t.bidirectional(bothWays);
    }

    /**
     * A network that reads and another that writes: the first reads both ways and the second looks
     * back by {@link Attention#GENERAL} unless the recipe says otherwise.
     *
     * @throws RecipeException if the recipe has none, or one without a memory
     */
    public static NetworkRecipe encoderDecoder(@Nullable NetworkRecipe model) {
        return switch (withMemory(Checks.given(model, "model"))) {
            case NetworkRecipe.Recurrent r ->
                    new NetworkRecipe.Recurrent(
                            r.kind(),
                            r.width(),
                            r.hidden(),
                            r.layers(),
                            Checks.or(r.bidirectional(), true),
                            Checks.or(r.attention(), Attention.GENERAL),
                            r.dropout());
            case NetworkRecipe other -> other;
        };
    }

    /**
     * A network that only writes: it has a memory, and it cannot read what comes after.
     *
     * @throws RecipeException if the recipe has none, or one that does not fit
     */
    public static NetworkRecipe decoder(@Nullable NetworkRecipe model) {
        return switch (withMemory(withoutDecoder(model))) {
            case NetworkRecipe.Recurrent r -> r.bidirectional(forwards(r.bidirectional()));
            case NetworkRecipe.Transformer t -> t.bidirectional(forwards(t.bidirectional()));
            case NetworkRecipe.Mlp m -> m;
        };
    }

    private static @Nullable Boolean forwards(@Nullable Boolean bidirectional) {
        if (Boolean.TRUE.equals(bidirectional)) {
            throw new RecipeException(
                    "'model.bidirectional' of a network that only writes is false: it goes on with"
                            + " a text and cannot read what comes after; leave the key out");
        }
        return null;
    }

    private static NetworkRecipe withoutDecoder(@Nullable NetworkRecipe model) {
        NetworkRecipe given = Checks.given(model, "model");
        boolean decodes =
                switch (given) {
                    case NetworkRecipe.Recurrent r -> r.attention() != null;
                    case NetworkRecipe.Transformer t -> t.depth().decoderLayers() != null;
                    case NetworkRecipe.Mlp _ -> false;
                };
        if (decodes) {
            throw new RecipeException(
                    "'model.attention' and 'model.decoderLayers' are for networks that translate;"
                            + " leave them out");
        }
        return given;
    }

    private static NetworkRecipe withMemory(NetworkRecipe model) {
        if (model instanceof NetworkRecipe.Mlp) {
            throw new RecipeException(
                    "'model.kind': what writes has a memory; it is %s, not mlp"
                            .formatted(
                                    Mistakes.listed(
                                            NetworkRecipe.kinds().stream()
                                                    .filter(kind -> !kind.equals(NetworkRecipe.MLP))
                                                    .toList(),
                                            "or")));
        }
        return model;
    }
}
