/**
 * A task as a type: what differs from task to task, and one place for what all tasks share, such as
 * training, resuming, loading and measuring.
 */
@NullMarked
package dev.unroll.tasks.task;

import org.jspecify.annotations.NullMarked;
