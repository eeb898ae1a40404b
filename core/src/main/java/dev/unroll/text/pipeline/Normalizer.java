package dev.unroll.text.pipeline;

/** The first step of a {@link TextPipeline}: it changes a text before it is cut. */
public interface Normalizer {

    /**
     * {@return the changed text}
     *
     * @param text without halves of surrogate pairs
     */
    AlignedText normalize(AlignedText text);
}
