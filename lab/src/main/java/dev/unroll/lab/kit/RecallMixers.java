package dev.unroll.lab.kit;

import dev.unroll.lab.kit.Mixer.Named;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.attention.Decay;
import java.util.List;
import java.util.stream.Stream;

/** What is compared at recall. */
public final class RecallMixers {
    private RecallMixers() {}

    /** {@return attention to all tokens before} */
    public static Named dense() {
        return new Named("dense", Mixer.attention(Masks.NONE));
    }

    /** {@return attention to a token and the w − 1 before it} */
    public static Named window(int w) {
        return new Named("window of " + w, Mixer.attention(near(w)));
    }

    /**
     * Attention to a window, and besides it to the first tokens or to every w-th token.
     *
     * @param first so many tokens at the beginning
     */
    public static List<Named> composed(int w, int first) {
        return List.of(
                new Named(
                        "window of %d, first %d tokens".formatted(w, first),
                        Mixer.attention(near(w).or(Masks.firstTokens(first)))),
                new Named(
                        "window of %d, every %dth token".formatted(w, w),
                        Mixer.attention(near(w).or(Masks.strided(w)))));
    }

    /** {@return linear attention that forgets nothing, and with a gate that forgets} */
    public static List<Named> linear() {
        return List.of(
                new Named("linear", linear(Decay.Kind.NONE)),
                new Named("linear, gated", linear(Decay.Kind.GATED)));
    }

    private static Mixer.Factory linear(Decay.Kind decay) {
        return Mixer.attention(new AttentionKind.Linear(decay));
    }

    /** {@return recurrent cells} */
    public static List<Named> cells() {
        return Stream.of("lstm", "gru", "mingru", "minlstm")
                .map(name -> new Named(name, Mixer.cell(name)))
                .toList();
    }

    private static Mask near(int w) {
        return Masks.window(w - 1, 0);
    }
}
