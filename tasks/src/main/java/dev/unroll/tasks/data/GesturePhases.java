package dev.unroll.tasks.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gesture Phase Segmentation (Madeo, Lima and Peres 2013): seven recordings of three people who
 * tell stories before a Kinect, with the phase of the gesture in each frame.
 *
 * <p>Of each recording there are two files: {@code *_raw.csv} has joints, timestamp and phase, and
 * {@code *_va3.csv} velocities, accelerations and phase, without the first four frames, whose
 * velocities are not known. Here a video has the frames that both have, and where the two files
 * disagree on a phase the set is refused.
 *
 * <p>The published file of video b1 has one phase in Portuguese, <i>Preparação</i>; it is read as
 * {@link GesturePhase#PREPARATION}, which the other file of that video confirms.
 *
 * <p>Two forms are read: the published zip file, and its fourteen CSV files side by side.
 */
public record GesturePhases() implements DataSet {
    private static final String NAME = "gesture-phase";

    /** The videos, by name. */
    public static final List<String> VIDEOS = List.of("a1", "a2", "a3", "b1", "b3", "c1", "c3");

    private static final About ABOUT =
            new About(
                    NAME,
                    "seven recordings of three people telling stories, with joints and the phase"
                            + " of the gesture, 9,873 frames",
                    URI.create(
                            "https://archive.ics.uci.edu/dataset/302/gesture+phase+segmentation"),
                    "CC BY 4.0",
                    "Madeo, Lima, Peres: Gesture Unit Segmentation using Support Vector Machines."
                            + " SAC 2013");

    private static final DataFile ZIP =
            DataFile.unchecked(
                    NAME + "/gesture_phase_segmentation.zip",
                    "https://archive.ics.uci.edu/static/public/302/gesture+phase+segmentation.zip",
                    2_200_000);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<DataFile> files() {
        return List.of(ZIP);
    }

    @Override
    public List<String> otherForm() {
        return VIDEOS.stream()
                .flatMap(v -> List.of(raw(v), motion(v)).stream())
                .map(file -> NAME + "/" + file)
                .toList();
    }

    /**
     * Reads all videos.
     *
     * @throws DataException if a file cannot be had, or is malformed
     */
    public List<GestureVideo> load(DataFiles files) throws DataException {
        Optional<List<Path>> tables = files.otherForm(this);
        List<GestureVideo> videos = new ArrayList<>();
        for (int i = 0; i < VIDEOS.size(); i++) {
            String name = VIDEOS.get(i);
            if (tables.isPresent()) {
                videos.add(
                        GestureTables.join(
                                name,
                                TextLines.of(tables.get().get(2 * i)),
                                TextLines.of(tables.get().get(2 * i + 1))));
            } else {
                Path zip = files.get(ZIP);
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
