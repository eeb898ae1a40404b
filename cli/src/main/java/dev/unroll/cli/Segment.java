package dev.unroll.cli;

import dev.unroll.formats.files.WholeFile;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.formats.video.Video;
import dev.unroll.tasks.frames.FrameLabeller;
import dev.unroll.tasks.frames.FrameLabels;
import dev.unroll.tasks.frames.FrameRows;
import dev.unroll.tasks.masks.MaskRecipe;
import dev.unroll.tasks.masks.SegmentedVideo;
import dev.unroll.tasks.masks.Segmenter;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll segment}: a label or a mask for each frame of a video. */
@Command(
        name = "segment",
        description = {
            "Gives each frame of a video a label, or a mask, as the run was taught.",
            "Labels are written as CSV; masks as PNG files with an overlay."
        })
final class Segment extends RunCommand {

    @Parameters(
            index = "1",
            paramLabel = "DIR|VIDEO|FILE",
            description = {
                "A folder of images, a video file (MP4 with H.264; with ffmpeg on the PATH any), or for labels of"
                        + " numbers a table with a row a frame; several videos in it are told apart by the recipe's column"
                        + " 'data.video'."
            })
    Path what = Path.of("");

    @Option(
            names = "--mask",
            paramLabel = "FILE",
            description = {
                "For masks: the image of the first frame's mask, white where the object is, black"
                        + " elsewhere."
            })
    @Nullable Path first;

    @Option(
            names = "--out",
            paramLabel = "FILE|DIR",
            description = {
                "Where to write: for labels a CSV file, standard output if left out; for masks a"
                        + " folder, 'segmented' if left out."
            })
    @Nullable Path out;

    @Option(
            names = "--overlay",
            description = "For masks: one of ${COMPLETION-CANDIDATES}; GIF if left out.")
    SegmentedVideo.Overlay overlay = SegmentedVideo.Overlay.GIF;

    /**
     * A frame and what it was taken for.
     *
     * @param video its name, where there are several
     * @param frame counted from 0 in its video
     */
    record LabelledFrame(@Nullable String video, int frame, String label, double probability) {}

    /** All of them. */
    record LabelledFrames(List<LabelledFrame> frames) {}

    /** The masks that were written, in the video's own size. */
    record MaskFiles(int frames, List<String> files) {}

    @Override
    public Integer call() throws IOException {
        RunFolder folder = new RunFolder(run);
        folder.requireModel();
        if (Tasks.read(folder, List.of()) instanceof MaskRecipe) {
            masks(Segmenter.load(run));
        } else {
            labels(FrameLabeller.load(run));
        }
        return 0;
    }

    private void labels(FrameLabeller labeller) throws IOException {
        SmallHeap.keep();
        if (first != null) {
            throw wrongUsage("this run labels frames and follows no object: leave --mask out");
        }
        List<FrameRows> videos = labeller.readAll(what);
        List<FrameLabels> found = labeller.predictAll(videos);
        boolean several = videos.size() > 1;
        List<LabelledFrame> frames = new ArrayList<>();
        StringBuilder table = new StringBuilder(several ? "video," : "");
        table.append("frame,label,probability\n");
        for (int v = 0; v < videos.size(); v++) {
            String video = several ? videos.get(v).name() : null;
            FrameLabels labels = found.get(v);
            for (int t = 0; t < labels.labels().size(); t++) {
                String label = labels.labels().get(t);
                double probability = labels.probabilities().get(t);
                frames.add(new LabelledFrame(video, t, label, probability));
                table.append(video == null ? "" : cell(video) + ",")
                        .append(
                                String.format(
                                        Locale.ROOT, "%d,%s,%.4f\n", t, cell(label), probability));
            }
        }
        if (out == null) {
            answer.give(new LabelledFrames(frames), table.toString());
        } else {
            WholeFile.write(out, table.toString());
            answer.give(
                    new LabelledFrames(frames),
                    "%,d frames labelled in %s".formatted(frames.size(), out));
        }
    }

    /** As RFC 4180 wants it. */
    private static String cell(String text) {
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private void masks(Segmenter segmenter) throws IOException {
        SmallHeap.keep();
        if (first == null) {
            throw wrongUsage(
                    "this run follows the object of the first frame: give its mask with --mask");
        }
        Video video = Video.of(what);
        SegmentedVideo segmented =
                SegmentedVideo.of(
                        segmenter,
                        video,
                        ImageMask.read(first),
                        segmenter.width(),
                        segmenter.height());
        Path folder = out == null ? Path.of("segmented") : out;
        List<String> files = segmented.write(folder, overlay).stream().map(Path::toString).toList();
        answer.give(
                new MaskFiles(segmented.masks().size(), files),
                "%,d masks in %s, and %s"
                        .formatted(
                                segmented.masks().size(),
                                folder,
                                switch (overlay) {
                                    case NONE -> "no overlay";
                                    case GIF -> "an overlay, overlay.gif";
                                    case PNG -> "an overlay for each";
                                }));
    }
}
