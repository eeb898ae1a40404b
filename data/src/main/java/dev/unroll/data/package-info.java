/**
 * Examples as values, such as a pair of texts or a labelled text, and how they are split into
 * training, validation and test sets.
 */
@NullMarked
package dev.unroll.data;

import org.jspecify.annotations.NullMarked;
