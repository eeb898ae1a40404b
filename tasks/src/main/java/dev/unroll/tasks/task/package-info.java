/**
 * A task as a type, such as translation or tagging.
 *
 * <p>A {@link dev.unroll.tasks.task.TaskDefinition} states only what differs between tasks: the
 * corpus, what is fitted on the training set, the model, its objective, the predictor and the
 * evaluation. {@link dev.unroll.tasks.task.Runs} does what all tasks have in common: it prepares a
 * run, trains, resumes, loads and evaluates it, and decides which changes of a recipe need another
 * run.
 */
@NullMarked
package dev.unroll.tasks.task;

import org.jspecify.annotations.NullMarked;
