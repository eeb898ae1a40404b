package dev.unroll.tasks.masks;

import dev.unroll.data.Corpus;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.sets.MaskedVideoSet;
import dev.unroll.data.table.MaskedVideo;
import dev.unroll.formats.image.ImageFolder;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The videos of a recipe. */
final class MaskVideos {
    private MaskVideos() {}

    /** For people. */
    static String name(MaskData recipe) {
        return recipe.own() ? recipe.files().frames() : recipe.set();
    }

    /**
     * Split as the recipe says.
     *
     * @throws IOException if a file cannot be had, or a frame has no mask
     */
    static Corpus<MaskSplit.Part> of(MaskData recipe, DataFiles files) throws IOException {
        List<MaskedVideo> videos;
        List<String> heldOut = recipe.heldOut();
        List<String> remarks = List.of();
        if (recipe.own()) {
            videos = own(recipe);
            remarks = withoutFrames(videos, Path.of(recipe.files().masks()));
        } else {
            MaskedVideoSet set = recipe.published(MaskedVideoSet.class);
            videos = set.load(files);
            heldOut = heldOut.isEmpty() ? set.heldOut() : heldOut;
        }
        try {
            return MaskSplit.of(name(recipe), videos, heldOut).remarking(remarks);
        } catch (IllegalArgumentException e) {
            throw new RecipeException("'data.heldOut': " + e.getMessage(), e);
        }
    }

    private static List<MaskedVideo> own(MaskData recipe) throws IOException {
        Path frames = Path.of(recipe.files().frames());
        Path masks = Path.of(recipe.files().masks());
        if (recipe.files().masks().isEmpty()
                || !Files.isDirectory(frames)
                || !Files.isDirectory(masks)) {
            throw new RecipeException(
                    ("'data.frames' and 'data.masks' are two folders, each with a folder for each"
                                    + " video; there is no '%s' or no '%s'")
                            .formatted(recipe.files().frames(), recipe.files().masks()));
        }
        List<MaskedVideo> videos = new ArrayList<>();
        for (Path folder : ImageFolder.folders(frames)) {
            String name = String.valueOf(folder.getFileName());
            videos.add(MaskedVideo.of(name, folder, masks.resolve(name)));
        }
        if (videos.isEmpty()) {
            throw new RecipeException(
                    "'data.frames': " + frames + " has no folders: there is one for each video");
        }
        return videos;
    }

    /** Remarks on masks that belong to no video. */
    private static List<String> withoutFrames(List<MaskedVideo> videos, Path masks)
            throws IOException {
        List<Path> folders = ImageFolder.folders(masks);
        Set<String> used = videos.stream().map(MaskedVideo::name).collect(Collectors.toSet());
        List<String> names =
                folders.stream()
                        .map(folder -> String.valueOf(folder.getFileName()))
                        .filter(name -> !used.contains(name))
                        .toList();
        return names.isEmpty()
                ? List.of()
                : List.of(
                        String.format(
                                Locale.ROOT,
                                "%s: %,d of %,d folders not used, for want of frames of the same"
                                        + " name: %s",
                                masks,
                                names.size(),
                                folders.size(),
                                ImageFolder.some(names)));
    }
}
