/** Decoders, which make text of tokens. */
@NullMarked
package dev.unroll.text.pipeline.decode;

import org.jspecify.annotations.NullMarked;
