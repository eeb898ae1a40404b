/**
 * Two texts that are read together, by a cross-encoder: a class for both, such as entailment or
 * paraphrase, or a value, such as their similarity.
 */
@NullMarked
package dev.unroll.tasks.pairs;

import org.jspecify.annotations.NullMarked;
