package dev.unroll.lab.kit;

import dev.unroll.nn.Mode;
import dev.unroll.nn.models.Decoding;
import dev.unroll.nn.models.LanguageModel;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/** Two ways to write a text, token after token. All tokens are 0; only the work matters. */
public final class Writing {
    /** How many places of a text {@link #again} computes. */
    public static final int PLACES = 32;

    private Writing() {}

    /** Writes so many tokens; hidden states, or keys and values, are kept from token to token. */
    public static float cached(LanguageModel model, int length) {
        Decoding decoding = model.decode(new Tokens(new int[0], Layout.of(0)));
        float last = 0;
        for (int t = 0; t < length; t++) {
            last = decoding.after(new int[] {0}, new int[] {0})[0][0];
        }
        return last;
    }

    /**
     * Computes the next token at {@link #PLACES} places, evenly along a text of a length, each from
     * all tokens before it anew: the mean over these is that over the whole text.
     */
    public static float again(TransformerLanguageModel model, int length) {
        float last = 0;
        for (int place = 1; place <= PLACES; place++) {
            int t = length * place / PLACES;
            Tokens before = new Tokens(new int[t], Layout.of(t));
            last +=
                    MemoryScope.run(
                            () -> {
                                Tensor rows = model.forward(before, Mode.INFERENCE).rows();
                                return model.output().logits(rows.slice(0, t - 1, t)).toArray()[0];
                            });
        }
        return last;
    }
}
