package dev.unroll.formats.tokenizer;

import java.text.Normalizer;

/**
 * One of the steps that a {@code tokenizer.json} is put together from: those of them that a
 * tokenizer of ours consists of. Names and settings are those of Hugging Face's tokenizers.
 */
sealed interface PipelineStep {

    /** Normalizer: a form of Unicode. */
    record Form(Normalizer.Form form) implements PipelineStep {}

    /** Normalizer: every character in lower case. */
    record Lowercase() implements PipelineStep {}

    /** Normalizer: this is put before a text that is not empty. */
    record Prepend(String prepend) implements PipelineStep {}

    /** Pre-tokenizer: GPT-2's words, each as its bytes. */
    record ByteLevel(boolean addPrefixSpace, boolean useRegex) implements PipelineStep {}

    /** Pre-tokenizer: what the expression finds and what lies between are apart. */
    record Split(String regex, String behavior, boolean invert) implements PipelineStep {}

    /** Decoder: bytes become text; its settings say nothing. */
    record Bytes() implements PipelineStep {}

    /** Decoder: tokens become one text. */
    record Fuse() implements PipelineStep {}

    /** Decoder: so many of these characters are taken off the beginning and the end. */
    record Strip(String content, int start, int stop) implements PipelineStep {}
}
