/**
 * Tokenizers of pretrained models, put together from steps: a {@link
 * dev.unroll.text.pipeline.Normalizer} changes the text, a {@link
 * dev.unroll.text.pipeline.PreTokenizer} cuts it into pieces, a {@link
 * dev.unroll.text.pipeline.SubwordModel} cuts these into tokens, a {@link
 * dev.unroll.text.pipeline.PostProcessor} adds special tokens, and a {@link
 * dev.unroll.text.pipeline.Decoder} makes text of tokens. Each step says where its characters come
 * from in the original text.
 *
 * <p>The steps and their settings are those of Hugging Face's tokenizers library.
 */
@NullMarked
package dev.unroll.text.pipeline;

import org.jspecify.annotations.NullMarked;
