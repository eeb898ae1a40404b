package dev.unroll.tasks.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Densely Annotated Video Segmentation (Perazzi, Pont-Tuset, McWilliams, Van Gool, Gross and
 * Sorkine-Hornung 2016): videos with the mask of what moves in the foreground, frame by frame. Here
 * are the 20 sequences of its validation set.
 *
 * <p>Two forms are read: the published archive, whose frames have 854 x 480 pixels, and two folders
 * {@code JPEGImages/SEQUENCE/NNNNN.jpg} and {@code Annotations/SEQUENCE/NNNNN.png}, with pictures
 * of any size. The archive is unpacked into such folders in the cache when it is first read.
 */
public record Davis() implements DataSet {
    private static final String NAME = "davis";
    static final String FRAMES = "JPEGImages";
    static final String MASKS = "Annotations";

    /** The sequences, by name. */
    public static final List<String> SEQUENCES =
            List.of(
                    "blackswan",
                    "bmx-trees",
                    "breakdance",
                    "camel",
                    "car-roundabout",
                    "car-shadow",
                    "cows",
                    "dance-twirl",
                    "dog",
                    "drift-chicane",
                    "drift-straight",
                    "goat",
                    "horsejump-high",
                    "kite-surf",
                    "libby",
                    "motocross-jump",
                    "paragliding-launch",
                    "parkour",
                    "scooter-black",
                    "soapbox");

    private static final About ABOUT =
            new About(
                    NAME,
                    "20 videos with a mask of the foreground for each of their 1,376 frames",
                    URI.create("https://davischallenge.org/"),
                    "BSD",
                    "Perazzi, Pont-Tuset, McWilliams, Van Gool, Gross, Sorkine-Hornung: A Benchmark"
                            + " Dataset and Evaluation Methodology for Video Object Segmentation."
                            + " CVPR 2016");

    private static final DataFile ZIP =
            DataFile.unchecked(
                    NAME + "/DAVIS-data.zip",
                    "https://graphics.ethz.ch/Downloads/Data/Davis/DAVIS-data.zip",
                    2_000_000_000);

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
        return List.of(NAME + "/" + FRAMES, NAME + "/" + MASKS);
    }

    /**
     * Lists all sequences; opens no picture.
     *
     * @throws DataException if files cannot be had, or a frame has no mask
     */
    public List<MaskedVideo> load(DataFiles files) throws DataException {
        Optional<List<Path>> folders = files.otherForm(this);
        if (folders.isEmpty()) {
            DavisArchive.unpack(files.get(ZIP), files.folders().cache().resolve(NAME));
            folders = files.otherForm(this);
        }
        List<Path> here = folders.orElseThrow();
        List<MaskedVideo> videos = new ArrayList<>();
        for (String name : SEQUENCES) {
            videos.add(MaskedVideo.of(name, here.get(0).resolve(name), here.get(1).resolve(name)));
        }
        return videos;
    }
}
