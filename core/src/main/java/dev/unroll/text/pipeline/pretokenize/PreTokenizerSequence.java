package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.PreTokenizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Pre-tokenizers one after the other, each cutting the pieces of the one before.
 *
 * @param steps in order
 */
public record PreTokenizerSequence(List<PreTokenizer> steps) implements PreTokenizer {

    /** Copies the list. */
    public PreTokenizerSequence {
        steps = List.copyOf(steps);
    }

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        split(0, text, pieces);
    }

    private void split(int step, AlignedText text, Consumer<AlignedText> pieces) {
        if (text.isEmpty()) {
            return;
        }
        if (step == steps.size()) {
            pieces.accept(text);
        } else {
            steps.get(step).split(text, piece -> split(step + 1, piece, pieces));
        }
    }
}
