/** Models that cut a piece of text into tokens of a vocabulary. */
@NullMarked
package dev.unroll.text.pipeline.model;

import org.jspecify.annotations.NullMarked;
