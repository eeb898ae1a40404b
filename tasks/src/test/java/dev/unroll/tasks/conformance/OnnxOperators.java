package dev.unroll.tasks.conformance;

import dev.unroll.tasks.conformance.OnnxAnswer.LeftOut;

/** From an operator's name to what Unroll has for it. */
final class OnnxOperators {
    private OnnxOperators() {}

    static OnnxAnswer answer(OnnxCase given) {
        return switch (given.operator()) {
            case "LSTM", "GRU", "RNN" -> OnnxRecurrence.answer(given);
            case "Attention" -> OnnxAttention.answer(given);
            case "RotaryEmbedding" -> OnnxRotary.answer(given);
            case "LayerNormalization", "RMSNormalization", "GroupNormalization" ->
                    OnnxNorms.answer(given);
            case "SoftmaxCrossEntropyLoss", "NegativeLogLikelihoodLoss" -> OnnxLosses.answer(given);
            case "Adam", "Momentum" -> OnnxOptimisers.answer(given);
            case "Adagrad" -> new LeftOut("Unroll has no Adagrad");
            case "Conv", "ConvTranspose" -> OnnxConvolutions.answer(given);
            default -> OnnxFunctions.answer(given);
        };
    }
}
