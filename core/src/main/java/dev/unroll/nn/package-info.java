/** Layers: each a record that reads as its formula. */
@NullMarked
package dev.unroll.nn;

import org.jspecify.annotations.NullMarked;
