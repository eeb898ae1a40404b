package dev.unroll.tasks.text;

import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.LeadingSpace;
import dev.unroll.text.Normalization;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.WordTokenizer;
import java.util.ArrayList;
import java.util.List;

/** The steps around the model of a {@code tokenizer.json}. */
record Layout(List<Step> normalizer, List<Step> preTokenizer, List<Step> decoder) {

    private static final String ANY_CHARACTER = "[\\s\\S]";

    /**
     * The steps that do what the tokenizer does.
     *
     * @throws IllegalArgumentException if it is none of the three kinds that have a form here
     */
    static Layout of(Tokenizer tokenizer) {
        return switch (tokenizer) {
            case BytePairTokenizer bytePairs ->
                    bytePairs(bytePairs.normalization(), bytePairs.leadingSpace());
            case WordTokenizer words -> words(words.normalization());
            case CharacterTokenizer characters -> characters(characters.normalization());
            default -> throw withoutForm(tokenizer);
        };
    }

    /** The refusal of a tokenizer that {@code tokenizer.json} has no form for. */
    static IllegalArgumentException withoutForm(Tokenizer tokenizer) {
        return new IllegalArgumentException(
                ("tokenizer.json has no form for a %s; it holds a CharacterTokenizer, a"
                                + " WordTokenizer or a BytePairTokenizer. Keep a tokenizer of your"
                                + " own in a file of your own")
                        .formatted(tokenizer.getClass().getName()));
    }

    static Layout bytePairs(Normalization normalization, LeadingSpace leadingSpace) {
        return new Layout(
                normalizer(normalization, leadingSpace),
                List.of(new Step.ByteLevel(false, true)),
                decoder(new Step.Bytes(), leadingSpace));
    }

    static Layout words(Normalization normalization) {
        return new Layout(
                normalizer(normalization, LeadingSpace.ADDED),
                List.of(new Step.Split(WordTokenizer.PATTERN, "Isolated", false)),
                decoder(new Step.Fuse(), LeadingSpace.ADDED));
    }

    static Layout characters(Normalization normalization) {
        return new Layout(
                normalizer(normalization, LeadingSpace.KEPT),
                List.of(new Step.Split(ANY_CHARACTER, "Isolated", false)),
                decoder(new Step.Fuse(), LeadingSpace.KEPT));
    }

    private static List<Step> normalizer(Normalization normalization, LeadingSpace leadingSpace) {
        List<Step> steps = new ArrayList<>();
        if (normalization == Normalization.LOWERCASE) {
            steps.add(new Step.Lowercase());
        }
        if (leadingSpace == LeadingSpace.ADDED) {
            steps.add(new Step.Prepend(" "));
        }
        return List.copyOf(steps);
    }

    private static List<Step> decoder(Step first, LeadingSpace leadingSpace) {
        return switch (leadingSpace) {
            case KEPT -> List.of(first);
            case ADDED -> List.of(first, new Step.Strip(" ", 1, 0));
        };
    }
}
