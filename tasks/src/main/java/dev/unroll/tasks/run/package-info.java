/**
 * The folder of a run and the training in it.
 *
 * <p>A {@link dev.unroll.tasks.run.RunFolder} has the recipe, what was fitted on the training set,
 * the weights, checkpoints and metrics as plain files, each written whole or not at all. A {@link
 * dev.unroll.tasks.run.TrainingRun} trains from first weights or resumes from the last {@link
 * dev.unroll.tasks.run.Checkpoint}; an interrupted training ends with the same bits as an unbroken
 * one.
 */
@NullMarked
package dev.unroll.tasks.run;

import org.jspecify.annotations.NullMarked;
