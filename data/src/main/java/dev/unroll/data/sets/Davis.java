package dev.unroll.data.sets;

import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.table.MaskedVideo;
import java.io.IOException;
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
 * {@code JPEGImages/SEQUENCE/NNNNN.jpg} and {@code Annotations/SEQUENCE/NNNNN.png}, with images of
 * any size. The archive is unpacked into such folders in the cache when it is first read.
 */
public record Davis() implements MaskedVideoSet {
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

    /**
     * The sequences for the test: every fourth by name, two animals, a dancer and two vehicles. No
     * other sequence shows their scene.
     */
    private static final List<String> HELD_OUT =
            List.of("camel", "dance-twirl", "goat", "motocross-jump", "soapbox");

    @Override
    public About about() {
        return About.of(
                        "davis",
                        "20 videos with a mask of the foreground for each of their 1,376"
                                + " frames",
                        "https://davischallenge.org/",
                        "BSD",
                        "Perazzi, Pont-Tuset, McWilliams, Van Gool, Gross, Sorkine-Hornung: A"
                                + " Benchmark Dataset and Evaluation Methodology for Video"
                                + " Object Segmentation. CVPR 2016")
                .withUncheckedFile(
                        "DAVIS-data.zip",
                        "https://graphics.ethz.ch/Downloads/Data/Davis/DAVIS-data.zip",
                        2_000_000_000)
                .orAs(List.of(FRAMES, MASKS));
    }

    @Override
    public List<String> heldOut() {
        return HELD_OUT;
    }

    @Override
    public List<MaskedVideo> load(DataFiles files) throws IOException {
        Optional<List<Path>> folders = files.otherForm(about());
        if (folders.isEmpty()) {
            DavisArchive.unpack(
                    files.get(about().file("DAVIS-data.zip")),
                    files.folders().cache().resolve(name()));
            folders = files.otherForm(about());
        }
        List<Path> here = folders.orElseThrow();
        List<MaskedVideo> videos = new ArrayList<>();
        for (String name : SEQUENCES) {
            videos.add(MaskedVideo.of(name, here.get(0).resolve(name), here.get(1).resolve(name)));
        }
        return videos;
    }
}
