/**
 * Captioning: an image is seen, a sentence is written (one to many).
 *
 * <p>A convolutional network or a Transformer over patches encodes the image, and a decoder writes
 * the caption, with or without attention to the places of the image.
 */
@NullMarked
package dev.unroll.tasks.captioning;

import org.jspecify.annotations.NullMarked;
