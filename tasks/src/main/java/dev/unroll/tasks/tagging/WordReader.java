package dev.unroll.tasks.tagging;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Normalization;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * How a tagger reads words: by a lexicon and their characters, or as the tokens of an encoder that
 * was trained before.
 */
interface WordReader {

    /**
     * {@return a model that reads so, with first weights or, of a blank seed, for those to come}
     */
    Model model(TaggingRecipe recipe, int tags, Seed seed);

    /**
     * {@return a model with the words that it can be asked about}
     *
     * @param model that {@link #model} made
     */
    Network network(Model model);

    /**
     * {@return the same, of words that are brought into a form of Unicode first, if it asks for
     * one}
     */
    default WordReader in(Normalization form) {
        return this;
    }

    /** {@return whether the word as a whole occurred in the training set} */
    boolean knows(String word);

    /** {@return how often a word occurred in the training set} */
    int count(String word);

    /** {@return how many words may go through the network together, for its memory's sake} */
    int together();

    /** {@return what it knows, in a few words} */
    String summary();

    /** A model that reads words. */
    @FunctionalInterface
    interface Network {
        /**
         * Sentences as the model's numbers.
         *
         * @param forgotten which places, counted over all words, are not known as a whole
         */
        Encoded encode(List<List<String>> sentences, IntPredicate forgotten);
    }

    /** Sentences as a model's numbers. */
    @FunctionalInterface
    interface Encoded {
        /** One logit per tag, [words, tags]. */
        Tensor logits(Mode mode);
    }
}
