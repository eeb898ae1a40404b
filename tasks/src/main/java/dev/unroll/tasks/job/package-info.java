/** What a recipe of any task asks for. */
@NullMarked
package dev.unroll.tasks.job;

import org.jspecify.annotations.NullMarked;
