package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * A row for each word: what is learnt of the word as a whole beside what its characters say (Plank,
 * Søgaard and Goldberg 2016, section 2). So a word that was never seen is known by its spelling.
 *
 * <pre>
 *   row = [ embedding(word) ; pooled(encoder(characters of the word)) ]
 * </pre>
 *
 * A word that occurs often in a batch is spelt once.
 *
 * @param words a row for each word known as a whole
 * @param characters a row for each character
 * @param spelling reads a word's characters
 * @param pooling how they become one row
 */
public record CharacterAwareEmbedding(
        Embedding words, Embedding characters, SequenceEncoder spelling, SequencePooling pooling) {

    /**
     * Words of a batch of sentences.
     *
     * @param ids [tokens]: the word as a whole
     * @param spellings the characters of each distinct word; none is empty
     * @param spelt [tokens]: which of the distinct words it is
     * @param layout which words belong to which sentence
     */
    @SuppressWarnings("ArrayRecordComponent") // read-only by convention
    public record Words(int[] ids, Tokens spellings, int[] spelt, Layout layout) {
        public Words {
            if (ids.length != layout.tokens() || spelt.length != layout.tokens()) {
                throw new IllegalArgumentException(
                        "words: %d numbers and %d spellings for a layout of %d words"
                                .formatted(ids.length, spelt.length, layout.tokens()));
            }
        }
    }

    /** A reader with this encoder of characters, whose rows come in as wide as their embeddings. */
    public static CharacterAwareEmbedding of(
            int vocabulary,
            int width,
            int characters,
            int characterWidth,
            SequenceEncoder spelling,
            SequencePooling.Kind pooling,
            Seed seed) {
        return new CharacterAwareEmbedding(
                Embedding.of(vocabulary, width, 0.1, seed.at("words")),
                Embedding.of(characters, characterWidth, 0.1, seed.at("characters")),
                spelling,
                SequencePooling.of(pooling, spelling.width(), seed.at("pooling")));
    }

    /** Numbers in a row that comes out. */
    public int width() {
        return words.weight().shape().dim(1) + spelling.width();
    }

    /** A row for each word, [tokens, width]. */
    public Sequences forward(Words words, Mode mode) {
        Tokens spellings = words.spellings();
        Tensor spelt =
                pooling.forward(
                        spelling.forward(
                                characters.pick(spellings.ids()),
                                spellings.layout(),
                                mode)); // [distinct words, spelling width]
        Tensor whole = this.words.forward(words.ids()); // [tokens, word width]
        return new Sequences(Tensor.concat(1, whole, spelt.gather(words.spelt())), words.layout());
    }
}
