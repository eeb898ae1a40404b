/**
 * Images and masks as plain numbers, and their files.
 *
 * <p>An image is read from PNG, JPEG, GIF or BMP within limits of size, scaled, and written as PNG.
 * The package knows no tensors.
 */
@NullMarked
package dev.unroll.formats.image;

import org.jspecify.annotations.NullMarked;
