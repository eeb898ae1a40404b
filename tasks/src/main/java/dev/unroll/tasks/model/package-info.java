/**
 * The parts that the models of several tasks share: from a recipe to networks and tokenizers, and
 * from scores to classes.
 *
 * <p>{@link dev.unroll.tasks.model.Networks} makes the network that a recipe's {@code model}
 * describes, with first weights drawn from a seed, and {@link dev.unroll.tasks.model.Tokenizers}
 * makes the tokenizer. {@link dev.unroll.tasks.model.ClassNames} keeps the names of the classes in
 * a run's folder, {@link dev.unroll.tasks.model.ArgMax} finds the most probable class, and {@link
 * dev.unroll.tasks.model.ClassMetrics} measures it on a validation set.
 */
@NullMarked
package dev.unroll.tasks.model;

import org.jspecify.annotations.NullMarked;
