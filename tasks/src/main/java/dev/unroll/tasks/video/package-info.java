/** The frames of videos, one after another, from folders of pictures and from video files. */
@NullMarked
package dev.unroll.tasks.video;

import org.jspecify.annotations.NullMarked;
