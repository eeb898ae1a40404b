/** Post-processors, which add special tokens. */
@NullMarked
package dev.unroll.text.pipeline.postprocess;

import org.jspecify.annotations.NullMarked;
