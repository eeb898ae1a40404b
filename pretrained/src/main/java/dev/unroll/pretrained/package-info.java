/**
 * Models that others trained, read from the files of Hugging Face's transformers.
 *
 * <p>{@link dev.unroll.pretrained.Pretrained} loads a folder. What it gives is a record of the same
 * layers that Unroll trains.
 */
@NullMarked
package dev.unroll.pretrained;

import org.jspecify.annotations.NullMarked;
