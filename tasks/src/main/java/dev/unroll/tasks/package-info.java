/** What models are for: a package a task. */
@NullMarked
package dev.unroll.tasks;

import org.jspecify.annotations.NullMarked;
