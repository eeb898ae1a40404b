/**
 * Layers for images and for sequences of images: convolutions, convolutional recurrent cells,
 * encoders of images.
 */
@NullMarked
package dev.unroll.nn.image;

import org.jspecify.annotations.NullMarked;
