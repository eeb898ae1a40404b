/** Many to many: one sequence read, another written. */
@NullMarked
package dev.unroll.tasks.translation;

import org.jspecify.annotations.NullMarked;
