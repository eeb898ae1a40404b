package dev.unroll.tasks.model;

import dev.unroll.nn.Mode;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.Arrays;
import java.util.List;

/**
 * A batch of texts or of pairs of texts, laid end to end.
 *
 * @param tokens of all of them
 * @param parts [tokens], 0 for the first of two texts and 1 for the second
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention
public record EncodedTexts(Tokens tokens, int[] parts) {

    /** {@return some texts as a batch} */
    public static EncodedTexts of(List<EncodedText> texts) {
        return new EncodedTexts(
                Tokens.of(texts.stream().map(EncodedText::ids).toList()),
                texts.stream().flatMapToInt(text -> Arrays.stream(text.parts())).toArray());
    }

    /** {@return how many tokens all of them have} */
    public int size() {
        return parts.length;
    }

    /** {@return what a network gives for each of them, [batch, outputs]} */
    public Tensor logits(SequenceClassifier model, Mode mode) {
        return model.logits(tokens, parts, mode);
    }
}
