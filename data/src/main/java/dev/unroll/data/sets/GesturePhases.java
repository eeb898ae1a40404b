package dev.unroll.data.sets;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.table.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gesture Phase Segmentation (Madeo, Lima and Peres 2013): seven recordings of three people who
 * tell stories before a Kinect, with the phase of the gesture in each frame.
 *
 * <p>Of each recording there are two files: {@code *_raw.csv} has joints, timestamp and phase, and
 * {@code *_va3.csv} velocities, accelerations and phase, without the first four frames, whose
 * velocities are not known. Here a recording has the joints of the frames that both have, and where
 * the two files disagree on a phase the set is refused.
 *
 * <p>The published file of video b1 has one phase in Portuguese, <i>Preparação</i>; it is read as
 * {@link GesturePhase#PREPARATION}, which the other file of that video confirms.
 *
 * <p>Two forms are read: the published zip file, and its fourteen CSV files side by side.
 */
public record GesturePhases() implements LabelledVideoSet {
    /** The columns of a frame's joints, from the left hand's x to the right wrist's z. */
    public static final List<String> JOINTS =
            List.of(
                    "lhx", "lhy", "lhz", "rhx", "rhy", "rhz", "hx", "hy", "hz", "sx", "sy", "sz",
                    "lwx", "lwy", "lwz", "rwx", "rwy", "rwz");

    /** The videos, by name. */
    public static final List<String> VIDEOS = List.of("a1", "a2", "a3", "b1", "b3", "c1", "c3");

    @Override
    public About about() {
        return About.of(
                        "gesture-phase",
                        "seven recordings of three people telling stories, with joints and the"
                                + " phase of the gesture, 9,873 frames",
                        "https://archive.ics.uci.edu/dataset/302/gesture+phase+segmentation",
                        "CC BY 4.0",
                        "Madeo, Lima, Peres: Gesture Unit Segmentation using Support Vector"
                                + " Machines. SAC 2013")
                .withUncheckedFile(
                        "gesture_phase_segmentation.zip",
                        "https://archive.ics.uci.edu/static/public/302/"
                                + "gesture+phase+segmentation.zip",
                        2_200_000)
                .orAs(
                        VIDEOS.stream()
                                .flatMap(video -> Stream.of(raw(video), motion(video)))
                                .toList());
    }

    @Override
    public List<String> labels() {
        return Arrays.stream(GesturePhase.values()).map(GesturePhase::label).toList();
    }

    @Override
    public List<String> columns() {
        return JOINTS;
    }

    @Override
    public List<String> groups() {
        return List.of("a", "b", "c");
    }

    @Override
    public List<Recording> recordings(DataFiles files) throws DataException {
        Optional<List<Path>> tables = files.otherForm(about());
        List<Recording> videos = new ArrayList<>();
        for (int i = 0; i < VIDEOS.size(); i++) {
            String name = VIDEOS.get(i);
            if (tables.isPresent()) {
                videos.add(
                        GestureTables.join(
                                name,
                                TextLines.of(tables.get().get(2 * i)),
                                TextLines.of(tables.get().get(2 * i + 1))));
            } else {
                Path zip = files.get(about().file("gesture_phase_segmentation.zip"));
                videos.add(
                        GestureTables.join(
                                name,
                                TextLines.ofZip(zip, raw(name)),
                                TextLines.ofZip(zip, motion(name))));
            }
        }
        return videos;
    }

    private static String raw(String video) {
        return video + "_raw.csv";
    }

    private static String motion(String video) {
        return video + "_va3.csv";
    }
}
