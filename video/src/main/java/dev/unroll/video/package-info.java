/**
 * Video files (MP4 and QuickTime with H.264), decoded by JCodec.
 *
 * <p>Found by {@link java.util.ServiceLoader} as a {@link dev.unroll.formats.video.VideoFormat};
 * there is nothing to call here.
 */
@NullMarked
package dev.unroll.video;

import org.jspecify.annotations.NullMarked;
