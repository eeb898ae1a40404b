package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.attention.Decay;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which keys a token attends to: what at least one of the parts lets it see. Layers that write
 * never see what comes next, whatever the pattern.
 *
 * @param window the nearest tokens: so many before, and as many after where a layer looks both ways
 *     (Beltagy et al. 2020, section 3.1)
 * @param step of the window, which then looks at every {@code step}th token only: a dilated window;
 *     1 if left out
 * @param strided every so-many-th token as seen from the token itself (Child et al. 2019, section
 *     4.2)
 * @param blocks the token's own block of so many neighbours
 * @param global so many tokens at the beginning attend to all and are attended to by all
 * @param random random pairs of blocks (Zaheer et al. 2020, section 2)
 * @param linear instead of all those: linear attention to all tokens (Katharopoulos et al. 2020),
 *     and how a layer that looks back forgets them. A layer that looks both ways forgets nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttentionPattern(
        @Nullable Integer window,
        @Nullable Integer step,
        @Nullable Integer strided,
        @Nullable Integer blocks,
        @Nullable Integer global,
        @Nullable RandomPairs random,
        Decay.@Nullable Kind linear) {
    /** Of a network's own key and of that of an image's patches. */
    private static final String KEY = "attention.";

    public AttentionPattern {
        if (window != null) {
            Checks.atLeast(KEY + "window", 0, window);
        }
        if (step != null) {
            Checks.atLeast(KEY + "step", 1, step);
            if (window == null) {
                throw new RecipeException(
                        "'attention.step' is the step of 'attention.window', which is missing");
            }
        }
        if (strided != null) {
            Checks.atLeast(KEY + "strided", 1, strided);
        }
        if (blocks != null) {
            Checks.atLeast(KEY + "blocks", 1, blocks);
        }
        if (global != null) {
            Checks.atLeast(KEY + "global", 1, global);
        }
        boolean sparse =
                Stream.of(window, strided, blocks, global, random).anyMatch(Objects::nonNull);
        if (!sparse && linear == null) {
            throw new RecipeException(
                    "'attention' names what a token attends to: window, strided, blocks, global"
                            + " or random, or linear; leave it out for all tokens");
        }
        if (sparse && linear != null) {
            throw new RecipeException(
                    "'attention.linear' attends to all tokens by sums over them, so it cannot"
                            + " leave some out: leave out linear, or the other keys beside it");
        }
    }

    /**
     * Random pairs of blocks.
     *
     * @param blocks drawn for each block, among itself and those before it
     * @param size tokens of a block
     * @param seed of the draw
     */
    public record RandomPairs(
            @Default("1") int blocks, @Default("64") int size, @Default("1") long seed) {
        public RandomPairs {
            Checks.atLeast(KEY + "random.blocks", 1, blocks);
            Checks.atLeast(KEY + "random.size", 1, size);
        }
    }

    /** The mask that it stands for; linear attention has none. */
    public Mask mask() {
        if (linear != null) {
            return Masks.NONE;
        }
        List<Mask> parts =
                Stream.of(
                                window == null ? null : near(window),
                                strided == null ? null : Masks.strided(strided),
                                blocks == null ? null : Masks.blocks(blocks),
                                global == null ? null : Masks.firstTokens(global),
                                random == null
                                        ? null
                                        : Masks.randomBlocks(
                                                random.size, random.blocks, random.seed))
                        .filter(Objects::nonNull)
                        .toList();
        Mask seen = parts.getFirst();
        for (Mask part : parts.subList(1, parts.size())) {
            seen = seen.or(part);
        }
        return seen;
    }

    /**
     * {@return what several patterns mean, each for an equal group of heads}
     *
     * @param patterns at least one; or null: all tokens, and not linear
     * @throws IllegalArgumentException if linear attention is one of several
     */
    public static AttentionKind kind(@Nullable List<AttentionPattern> patterns) {
        if (patterns == null) {
            return AttentionKind.Softmax.DENSE;
        }
        if (patterns.stream().allMatch(pattern -> pattern.linear() == null)) {
            return new AttentionKind.Softmax(
                    new HeadMasks(patterns.stream().map(AttentionPattern::mask).toList()));
        }
        Decay.Kind decay = patterns.getFirst().linear();
        if (patterns.size() > 1 || decay == null) {
            throw new IllegalArgumentException(
                    "linear attention is that of all heads: name it alone, not in a list");
        }
        return new AttentionKind.Linear(decay);
    }

    private Mask near(int reach) {
        return step == null || step == 1
                ? Masks.window(reach, reach)
                : Masks.dilated(reach, reach, step);
    }
}
