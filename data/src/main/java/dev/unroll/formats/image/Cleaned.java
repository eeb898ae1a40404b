package dev.unroll.formats.image;

/**
 * A file with only what makes its pixels.
 *
 * @param bytes of the file that is left
 * @param orientation as the notes said that were left out
 */
@SuppressWarnings("ArrayRecordComponent")
record Cleaned(byte[] bytes, Orientation orientation) {}
