package dev.unroll.pretrained.network;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * A tag for each word out of the rows of an encoder: a word's row is that of its first token
 * (Devlin et al. 2019, section 5.3).
 *
 * @param encoder gives a row for each token
 * @param dropout on the words' rows
 * @param head from those to one logit per tag
 */
public record PieceTagger(BertEncoder encoder, Dropout dropout, Linear head) implements Model {

    /**
     * One logit per tag, [words, tags].
     *
     * @param tokens of the sentences
     * @param firsts [words], the place of each word's first token among all tokens
     */
    public Tensor logits(Tokens tokens, int[] firsts, Mode mode) {
        Tensor rows = encoder.forward(tokens, mode).rows().gather(firsts);
        return head.forward(dropout.forward(rows, mode));
    }
}
