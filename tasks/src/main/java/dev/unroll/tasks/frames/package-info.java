/**
 * Frame labels: a label for each frame of a video (many to many, aligned).
 *
 * <p>Frames are rows of numbers from a table, or small grey images. Labels are measured frame by
 * frame and as segments.
 */
@NullMarked
package dev.unroll.tasks.frames;

import org.jspecify.annotations.NullMarked;
