/**
 * Kinds of pretrained networks, and how each is put together from the settings and arrays of its
 * files.
 */
@NullMarked
package dev.unroll.pretrained.architecture;

import org.jspecify.annotations.NullMarked;
