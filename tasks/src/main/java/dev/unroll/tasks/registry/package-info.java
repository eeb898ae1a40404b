/**
 * The tasks by name.
 *
 * <p>{@link dev.unroll.tasks.registry.Tasks} lists the tasks that come with Unroll, and those that
 * {@link java.util.ServiceLoader} finds. From a recipe or a run's folder it finds the task that
 * they belong to, so that its callers need not know which tasks there are.
 */
@NullMarked
package dev.unroll.tasks.registry;

import org.jspecify.annotations.NullMarked;
