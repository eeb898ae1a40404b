package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.tensor.Tensor;

/**
 * A tag for each word, aligned many to many: words are read, and each is labelled among its
 * neighbours.
 *
 * @param reader a row for each word
 * @param labeller gives one logit per tag for each of those rows
 */
public record SequenceTagger(CharacterAwareEmbedding reader, SequenceLabeller labeller)
        implements Model {

    /** One logit per tag, [tokens, tags]. */
    public Tensor logits(CharacterAwareEmbedding.Words words, Mode mode) {
        return labeller.logits(reader.forward(words, mode), mode);
    }

    /** Mean cross-entropy of the tags [tokens]. */
    public Tensor loss(CharacterAwareEmbedding.Words words, int[] tags, Mode mode) {
        return labeller.loss(reader.forward(words, mode), tags, mode);
    }
}
