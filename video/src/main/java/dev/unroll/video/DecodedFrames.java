package dev.unroll.video;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.video.VideoException;
import dev.unroll.formats.video.VideoLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.PictureWithMetadata;
import org.jcodec.api.specific.AVCMP4Adaptor;
import org.jcodec.common.Codec;
import org.jcodec.common.DemuxerTrack;
import org.jcodec.common.DemuxerTrackMeta;
import org.jcodec.common.SeekableDemuxerTrack;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Size;
import org.jcodec.containers.mp4.demuxer.AbstractMP4DemuxerTrack;
import org.jcodec.containers.mp4.demuxer.MP4Demuxer;
import org.jcodec.scale.ColorUtil;
import org.jcodec.scale.Transform;
import org.jspecify.annotations.Nullable;

/** The frames of an open file, in the order in which they are decoded. */
final class DecodedFrames implements AutoCloseable {

    /** The longest that one frame may take; it takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** JCodec keeps 8-bit numbers as signed bytes around 0. */
    private static final int MIDDLE = 128;

    /**
     * A frame, kept small until its turn comes.
     *
     * @param rgb [height, width, 3], each less {@value #MIDDLE}
     * @param time when it is shown, in seconds
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Timed(int width, int height, byte[] rgb, double time) {

        Image frame() {
            float[] values = new float[rgb.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (rgb[i] + MIDDLE) / 255f;
            }
            return new Image(width, height, 3, values);
        }
    }

    private final String name;
    private final VideoLimits limits;
    private final PatientThread thread;
    private final FrameGrab grab;
    private final int promised;
    private long decoding;

    private DecodedFrames(
            String name, VideoLimits limits, PatientThread thread, FrameGrab grab, int promised) {
        this.name = name;
        this.limits = limits;
        this.thread = thread;
        this.grab = grab;
        this.promised = promised;
    }

    /** Reads the header; the limits are held before a frame is decoded. */
    static DecodedFrames open(String name, SeekableByteChannel channel, VideoLimits limits)
            throws VideoException {
        PatientThread thread = new PatientThread();
        try {
            return thread.call(
                    () -> open(name, channel, limits, thread), patience(limits.decoding()));
        } catch (VideoException e) {
            thread.close();
            throw e;
        } catch (Exception e) {
            thread.close();
            throw endless(name, patience(limits.decoding()), e);
        }
    }

    private static DecodedFrames open(
            String name, SeekableByteChannel channel, VideoLimits limits, PatientThread thread)
            throws VideoException {
        try {
            DemuxerTrack track = MP4Demuxer.createMP4Demuxer(channel).getVideoTrack();
            if (!(track instanceof SeekableDemuxerTrack video)) {
                throw new VideoException(
                        name
                                + ": has no images in it, or is cut off before it lists them; give"
                                + " a video, or copy or download it again");
            }
            if (video instanceof AbstractMP4DemuxerTrack coded) {
                requireH264(name, coded.getFourcc());
            }
            DemuxerTrackMeta about = video.getMeta();
            limits.requireFrames(name, about.getTotalFrames());
            requireSize(name, about.getVideoCodecMeta().getSize(), limits);
            AVCMP4Adaptor decoder = new AVCMP4Adaptor(about);
            requireSize(name, decoder.getMediaInfo().getDim(), limits); // may be another claim
            return new DecodedFrames(
                    name, limits, thread, new FrameGrab(video, decoder), about.getTotalFrames());
        } catch (VideoException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new VideoException(
                    "%s: is no video that is read, or its header is damaged or cut off (%s); convert"
                                    .formatted(name, reason(e))
                            + " it to MP4 with H.264, or give a folder of images",
                    e);
        } catch (OutOfMemoryError e) {
            throw tooLarge(name, e);
        }
    }

    /** By the four letters with which the file names the coding of its images. */
    private static void requireH264(String name, String letters) throws VideoException {
        if (Codec.codecByFourcc(letters) != Codec.H264) {
            throw new VideoException(
                    "%s: its images are coded as '%s', and without ffmpeg only H.264 is decoded; %s,"
                                    .formatted(name, letters, FfmpegSearch.INSTALL)
                            + " or convert it to MP4 with H.264");
        }
    }

    private static void requireSize(String name, Size size, VideoLimits limits)
            throws VideoException {
        limits.requireSize(name, size.getWidth(), size.getHeight());
    }

    /** The next frame, or null at the end. */
    @Nullable Timed next() throws VideoException {
        try {
            return thread.call(this::decoded, patience(limits.decoding().minusNanos(decoding)))
                    .orElse(null);
        } catch (VideoException e) {
            throw e;
        } catch (Exception e) {
            throw endless(name, patience(limits.decoding()), e);
        }
    }

    private static Duration patience(Duration left) {
        return left.compareTo(PATIENCE) < 0 ? left : PATIENCE;
    }

    private static VideoException endless(String name, Duration most, Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new VideoException(
                "%s: takes more than %,d s to decode; cut it or scale it down, or, if it is short and"
                                .formatted(name, most.toSeconds())
                        + " damaged, copy or download it again",
                e);
    }

    private Optional<Timed> decoded() throws VideoException {
        long before = System.nanoTime();
        try {
            PictureWithMetadata decoded = grab.getNativeFrameWithMetadata();
            return decoded == null
                    ? Optional.empty()
                    : Optional.of(timed(decoded.getPicture(), decoded.getTimestamp()));
        } catch (VideoException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new VideoException(
                    "%s: a frame is damaged, cut off, or of a kind that is not decoded (%s); copy or"
                                    .formatted(name, reason(e))
                            + " download it again, or convert it to MP4 with H.264",
                    e);
        } catch (OutOfMemoryError e) {
            throw tooLarge(name, e);
        } finally {
            decoding += System.nanoTime() - before;
        }
    }

    /** The limit of time is held from one frame to the next. */
    void requireTime() throws VideoException {
        if (decoding > limits.decoding().toNanos()) {
            throw new VideoException(
                    "%s: takes more than %,d s to decode; cut it or scale it down"
                            .formatted(name, limits.decoding().toSeconds()));
        }
    }

    @Override
    public void close() {
        thread.close();
    }

    /** A file that is cut off has fewer frames than its header says. */
    void requireAll(int read) throws VideoException {
        if (read == 0 || read < promised) {
            throw new VideoException(
                    "%s: ends after %,d of %,d frames; copy or download it again"
                            .formatted(name, read, promised));
        }
    }

    private Timed timed(org.jcodec.common.model.Picture decoded, double time)
            throws VideoException {
        limits.requireSize(name, decoded.getWidth(), decoded.getHeight());
        org.jcodec.common.model.Picture rgb = decoded;
        if (decoded.getColor() != ColorSpace.RGB) {
            Transform transform = ColorUtil.getTransform(decoded.getColor(), ColorSpace.RGB);
            if (transform == null) {
                throw new VideoException(
                        "%s: colours of the kind %s are not read; convert it to MP4 with H.264"
                                .formatted(name, decoded.getColor()));
            }
            rgb =
                    org.jcodec.common.model.Picture.create(
                            decoded.getWidth(), decoded.getHeight(), ColorSpace.RGB);
            transform.transform(decoded, rgb);
        }
        int width = decoded.getCroppedWidth();
        int height = decoded.getCroppedHeight();
        byte[] bytes = new byte[3 * width * height]; // JCodec uses its own for the next frame
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    rgb.getPlaneData(0), y * 3 * rgb.getWidth(), bytes, y * 3 * width, 3 * width);
        }
        return new Timed(width, height, bytes, time);
    }

    private static VideoException tooLarge(String name, OutOfMemoryError e) {
        return new VideoException(
                name
                        + ": needs more memory than this process has; scale it down, or give Java"
                        + " more memory with -Xmx",
                e);
    }

    private static String reason(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
