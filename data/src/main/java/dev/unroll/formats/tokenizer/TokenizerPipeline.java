package dev.unroll.formats.tokenizer;

import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.LeadingSpace;
import dev.unroll.text.Normalization;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.WordTokenizer;
import java.util.ArrayList;
import java.util.List;

/** The steps around the model of a {@code tokenizer.json}. */
record TokenizerPipeline(
        List<PipelineStep> normalizer,
        List<PipelineStep> preTokenizer,
        List<PipelineStep> decoder) {

    private static final String ANY_CHARACTER = "[\\s\\S]";

    /**
     * The steps that do what the tokenizer does.
     *
     * @throws IllegalArgumentException if it is none of the three kinds that have a form here
     */
    static TokenizerPipeline of(Tokenizer tokenizer) {
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

    static TokenizerPipeline bytePairs(Normalization normalization, LeadingSpace leadingSpace) {
        return new TokenizerPipeline(
                normalizer(normalization, leadingSpace),
                List.of(new PipelineStep.ByteLevel(false, true)),
                decoder(new PipelineStep.Bytes(), leadingSpace));
    }

    static TokenizerPipeline words(Normalization normalization) {
        return new TokenizerPipeline(
                normalizer(normalization, LeadingSpace.ADDED),
                List.of(new PipelineStep.Split(WordTokenizer.PATTERN, "Isolated", false)),
                decoder(new PipelineStep.Fuse(), LeadingSpace.ADDED));
    }

    static TokenizerPipeline characters(Normalization normalization) {
        return new TokenizerPipeline(
                normalizer(normalization, LeadingSpace.KEPT),
                List.of(new PipelineStep.Split(ANY_CHARACTER, "Isolated", false)),
                decoder(new PipelineStep.Fuse(), LeadingSpace.KEPT));
    }

    private static List<PipelineStep> normalizer(
            Normalization normalization, LeadingSpace leadingSpace) {
        List<PipelineStep> steps = new ArrayList<>();
        normalization.form().ifPresent(form -> steps.add(new PipelineStep.Form(form)));
        if (normalization.lowercases()) {
            steps.add(new PipelineStep.Lowercase());
        }
        if (leadingSpace == LeadingSpace.ADDED) {
            steps.add(new PipelineStep.Prepend(" "));
        }
        return List.copyOf(steps);
    }

    private static List<PipelineStep> decoder(PipelineStep first, LeadingSpace leadingSpace) {
        return switch (leadingSpace) {
            case KEPT -> List.of(first);
            case ADDED -> List.of(first, new PipelineStep.Strip(" ", 1, 0));
        };
    }
}
