/** Many to many: a mask of the object for each frame of a video whose first mask is given. */
@NullMarked
package dev.unroll.tasks.masks;

import org.jspecify.annotations.NullMarked;
