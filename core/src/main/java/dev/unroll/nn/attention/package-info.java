/**
 * Attention: scaled dot-product attention with several heads, the alignments of recurrent decoders,
 * and masks.
 */
@NullMarked
package dev.unroll.nn.attention;

import org.jspecify.annotations.NullMarked;
