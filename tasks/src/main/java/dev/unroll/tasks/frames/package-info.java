/** Many to many, aligned: a label for each frame of a video. */
@NullMarked
package dev.unroll.tasks.frames;

import org.jspecify.annotations.NullMarked;
