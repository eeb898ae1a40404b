/**
 * Video files, decoded by ffmpeg where it is installed, and else by JCodec (MP4 and QuickTime with
 * H.264).
 *
 * <p>Found by {@link java.util.ServiceLoader} as a {@link dev.unroll.formats.video.VideoFormat};
 * there is nothing to call here.
 */
@NullMarked
package dev.unroll.video;

import org.jspecify.annotations.NullMarked;
