package dev.unroll.tasks.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
            videos.add(sequence(name, here.get(0).resolve(name), here.get(1).resolve(name)));
        }
        return videos;
    }

    private static MaskedVideo sequence(String name, Path frameFolder, Path maskFolder)
            throws DataException {
        List<Path> frames = pictures(frameFolder, ".jpg");
        List<Path> masks = pictures(maskFolder, ".png");
        if (!numbers(frames).equals(numbers(masks)) || frames.isEmpty()) {
            throw new DataException(
                    ("%s has %d frames and %s %d masks, or with other numbers: delete both and"
                                    + " fetch them again")
                            .formatted(frameFolder, frames.size(), maskFolder, masks.size()));
        }
        return new MaskedVideo(name, frames, masks);
    }

    private static List<Path> pictures(Path folder, String extension) throws DataException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(extension)).sorted().toList();
        } catch (IOException e) {
            throw new DataException(folder + ": cannot be listed: " + e, e);
        }
    }

    private static List<String> numbers(List<Path> pictures) {
        return pictures.stream()
                .map(file -> String.valueOf(file.getFileName()))
                .map(name -> name.substring(0, name.length() - ".jpg".length()))
                .toList();
    }
}
