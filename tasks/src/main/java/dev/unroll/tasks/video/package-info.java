/**
 * The frames of videos, one after another, from folders of images and from video files.
 *
 * <p>{@link dev.unroll.tasks.video.Video} opens either. Video files are decoded by a {@link
 * dev.unroll.tasks.video.VideoFormat} that {@link java.util.ServiceLoader} finds; without one,
 * folders of images are read. {@link dev.unroll.tasks.video.AnimatedGif} writes an animation.
 */
@NullMarked
package dev.unroll.tasks.video;

import org.jspecify.annotations.NullMarked;
