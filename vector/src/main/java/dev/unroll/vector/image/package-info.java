/** Convolution, pooling and resizing of images. */
@NullMarked
package dev.unroll.vector.image;

import org.jspecify.annotations.NullMarked;
