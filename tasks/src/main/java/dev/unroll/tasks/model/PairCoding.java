package dev.unroll.tasks.model;

import dev.unroll.data.TextPair;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.pipeline.TextPipeline;
import dev.unroll.text.pipeline.Truncation;
import java.util.Arrays;

/**
 * How two texts become the tokens that a network reads together. Where they have too many, the
 * longer of the two loses its last tokens first.
 */
public sealed interface PairCoding {

    /** {@return the tokens of two texts that stay, with special tokens around them} */
    EncodedText encode(TextPair texts);

    /** {@return the most tokens of both texts that stay, special ones aside} */
    int maxTokens();

    /** {@return how many tokens there are} */
    int vocabulary();

    /** {@return how many tokens may go through the network together, for its memory's sake} */
    int together();

    /**
     * As a pretrained model's tokenizer does it, such as {@code [CLS] a [SEP] b [SEP]} of a BERT.
     *
     * @param pipeline the model's tokenizer, which shortens pairs
     * @param maxTokens of both texts
     */
    record Pretrained(TextPipeline pipeline, int maxTokens) implements PairCoding {
        @Override
        public EncodedText encode(TextPair texts) {
            return EncodedText.of(pipeline.encode(texts.first(), texts.second()));
        }

        @Override
        public int vocabulary() {
            return pipeline.vocabularySize();
        }

        @Override
        public int together() {
            return 2_048; // of wide layers
        }
    }

    /**
     * One behind the other, with the end token behind each.
     *
     * @param tokenizer text to numbers
     * @param maxTokens of both texts
     */
    record Joined(Tokenizer tokenizer, int maxTokens) implements PairCoding {
        @Override
        public EncodedText encode(TextPair texts) {
            int[] first = tokenizer.encode(texts.first());
            int[] second = tokenizer.encode(texts.second());
            int[] kept =
                    new Truncation(
                                    maxTokens,
                                    Truncation.Strategy.LONGEST_FIRST,
                                    Truncation.Side.RIGHT)
                            .kept(first.length, second.length, maxTokens);
            int[] ids = new int[kept[0] + kept[1] + 2];
            System.arraycopy(first, 0, ids, 0, kept[0]);
            System.arraycopy(second, 0, ids, kept[0] + 1, kept[1]);
            int end = tokenizer.vocabulary().end();
            ids[kept[0]] = end;
            ids[ids.length - 1] = end;
            int[] parts = new int[ids.length];
            Arrays.fill(parts, kept[0] + 1, parts.length, 1);
            return new EncodedText(ids, parts);
        }

        @Override
        public int vocabulary() {
            return tokenizer.vocabulary().size();
        }

        @Override
        public int together() {
            return 16_384;
        }
    }
}
