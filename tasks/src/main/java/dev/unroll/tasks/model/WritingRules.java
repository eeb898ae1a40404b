package dev.unroll.tasks.model;

import dev.unroll.decode.NextToken;
import dev.unroll.decode.RankedNextToken;
import dev.unroll.pretrained.Pretrained;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * How a model that others trained wants to write, by {@code generation_config.json} or, what is not
 * there, {@code config.json}. Of what Hugging Face's transformers know, these are followed.
 *
 * @param start {@code decoder_start_token_id}, or else {@code bos_token_id}; a language model that
 *     names neither begins behind its end
 * @param end {@code eos_token_id}
 * @param first {@code forced_bos_token_id}: what a decoder always writes first, if anything
 * @param never {@code bad_words_ids} of one token, and the padding; all different
 * @param beam {@code num_beams}, at most 64
 */
public record WritingRules(int start, int end, OptionalInt first, List<Integer> never, int beam) {

    public WritingRules {
        never = List.copyOf(never);
    }

    /**
     * The rules of a model.
     *
     * @throws IllegalArgumentException if they name no end, or no start for a decoder, or a token
     *     that the model has not, or are damaged
     */
    public static WritingRules of(Pretrained model) throws IOException {
        return WritingSettings.of(model).rules();
    }

    /** The next tokens that these rules let come. */
    NextToken allowed(RankedNextToken next) {
        return first.isEmpty() && never.isEmpty() ? next : new RuledNextToken(this, next);
    }
}
