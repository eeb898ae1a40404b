/** Frames from video files, with the library that decodes them. */
module dev.unroll.video {
    requires static org.jspecify;
    requires dev.unroll.data;
    requires jcodec;

    exports dev.unroll.video;

    provides dev.unroll.formats.video.VideoFormat with
            dev.unroll.video.QuickTime;
}
