/**
 * The frames of videos, one after another, from folders of images and from video files.
 *
 * <p>{@link dev.unroll.formats.video.Video} opens either. Video files are decoded by a {@link
 * dev.unroll.formats.video.VideoFormat} that {@link java.util.ServiceLoader} finds; without one,
 * folders of images are read. {@link dev.unroll.formats.video.AnimatedGif} writes an animation.
 */
@NullMarked
package dev.unroll.formats.video;

import org.jspecify.annotations.NullMarked;
