/** All tasks that there are. */
@NullMarked
package dev.unroll.tasks.registry;

import org.jspecify.annotations.NullMarked;
