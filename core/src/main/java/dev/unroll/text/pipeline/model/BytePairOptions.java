package dev.unroll.text.pipeline.model;

import org.jspecify.annotations.Nullable;

/**
 * What differs between models of byte-pair encoding.
 *
 * @param unknown token for characters that the vocabulary lacks; null to leave them out
 * @param prefix of characters that do not begin a piece; usually empty
 * @param suffix of the character that ends a piece, such as {@code </w>}; often empty
 * @param fusesUnknown whether unknown characters next to each other are one token
 * @param byteFallback whether an unknown character becomes the tokens of its bytes, such as {@code
 *     <0x41>}, if the vocabulary has them
 * @param wholeFirst whether a piece that is a token needs no merges
 */
public record BytePairOptions(
        @Nullable String unknown,
        String prefix,
        String suffix,
        boolean fusesUnknown,
        boolean byteFallback,
        boolean wholeFirst) {}
