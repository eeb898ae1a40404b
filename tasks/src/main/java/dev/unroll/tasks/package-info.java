/**
 * Models that do a task: a package for each task, and what all of them return.
 *
 * <p>A trained model is a {@link dev.unroll.tasks.Predictor}: loaded from a run's folder,
 * immutable, and safe from many threads.
 */
@NullMarked
package dev.unroll.tasks;

import org.jspecify.annotations.NullMarked;
