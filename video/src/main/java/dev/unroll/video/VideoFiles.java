package dev.unroll.video;

import dev.unroll.formats.video.FrameReader;
import dev.unroll.formats.video.VideoException;
import dev.unroll.formats.video.VideoFormat;
import dev.unroll.formats.video.VideoLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Video files. Where the machine has ffmpeg on its path, that program decodes them, in a process of
 * its own: MP4, QuickTime, WebM, Matroska, AVI, GIF and others, whatever their codec, turned the
 * right way up. Elsewhere JCodec decodes MP4 and QuickTime files with H.264.
 *
 * <p>The system property {@code unroll.ffmpeg} or the variable {@code UNROLL_FFMPEG} names the
 * program to be used, or is {@code none} so that none is.
 */
public final class VideoFiles implements VideoFormat {

    /** Looked for once, when a video is first read. */
    private static final class Here {
        static final FfmpegSearch SEARCH = FfmpegSearch.here();
    }

    private final QuickTime library = new QuickTime();

    /** Reads nothing yet, and looks for no program yet. */
    public VideoFiles() {}

    @Override
    public List<String> endings() {
        return Ffmpeg.ENDINGS;
    }

    @Override
    public String reader() {
        return reader(Here.SEARCH);
    }

    String reader(FfmpegSearch search) {
        return search.ffmpeg()
                .map(found -> "ffmpeg %s (%s)".formatted(found.version(), found.program()))
                .orElseGet(
                        () ->
                                "%s: %s; to read others, %s"
                                        .formatted(
                                                library.reader(),
                                                search.reason(),
                                                FfmpegSearch.INSTALL));
    }

    @Override
    public void read(Path file, VideoLimits limits, FrameReader each) throws IOException {
        read(Here.SEARCH, file, limits, each);
    }

    void read(FfmpegSearch search, Path file, VideoLimits limits, FrameReader each)
            throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (search.refused()) {
            throw new VideoException(
                    "%s: is not read, since %s; name another program, or set it to '%s'"
                            .formatted(file, search.reason(), FfmpegSearch.NONE));
        }
        if (search.ffmpeg().isPresent()) {
            search.ffmpeg().get().read(file, limits, each);
        } else if (library.endings().stream().anyMatch(ending -> name.endsWith("." + ending))) {
            library.read(file, limits, each);
        } else {
            throw new VideoException(
                    "%s: only MP4 and QuickTime files with H.264 are read here, since %s; %s, or give"
                                    .formatted(file, search.reason(), FfmpegSearch.INSTALL)
                            + " a folder of images");
        }
    }
}
