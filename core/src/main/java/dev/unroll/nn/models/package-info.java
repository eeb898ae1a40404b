/**
 * Whole networks: encoder-decoders, language models, classifiers and taggers of sequences,
 * captioning, masks of videos.
 */
@NullMarked
package dev.unroll.nn.models;

import org.jspecify.annotations.NullMarked;
