/** Frames from video files, decoded by ffmpeg or by a library. */
module dev.unroll.video {
    requires static org.jspecify;
    requires dev.unroll.data;
    requires jcodec;

    exports dev.unroll.video;

    provides dev.unroll.formats.video.VideoFormat with
            dev.unroll.video.VideoFiles;
}
