/**
 * Normalizers, which change a text before it is cut, and keep account of where its characters come
 * from.
 */
@NullMarked
package dev.unroll.text.pipeline.normalize;

import org.jspecify.annotations.NullMarked;
