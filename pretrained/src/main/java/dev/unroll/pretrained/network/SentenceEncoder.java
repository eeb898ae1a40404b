package dev.unroll.pretrained.network;

import dev.unroll.nn.Model;
import dev.unroll.nn.models.SequencePooling;

/**
 * An encoder and what makes one vector of a text's rows (Reimers and Gurevych 2019, section 3).
 *
 * @param encoder gives a row for each token
 * @param pooling from the rows of a text to its vector
 * @param normalized whether vectors are divided by their length
 */
public record SentenceEncoder(BertEncoder encoder, SequencePooling pooling, boolean normalized)
        implements Model {}
