package dev.unroll.tasks.masks;

import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.data.Davis;
import dev.unroll.tasks.data.MaskedVideo;
import dev.unroll.tasks.recipe.MaskData;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The videos of a recipe. */
final class MaskVideos {
    private MaskVideos() {}

    /** For people. */
    static String name(MaskData recipe) {
        return switch (recipe.set()) {
            case DAVIS -> "davis";
            case OWN -> recipe.frames();
        };
    }

    /**
     * Split as the recipe says.
     *
     * @throws IOException if a file cannot be had, or a frame has no mask
     */
    static MaskSplit of(MaskData recipe, DataFiles files) throws IOException {
        List<MaskedVideo> videos =
                switch (recipe.set()) {
                    case DAVIS -> new Davis().load(files);
                    case OWN -> own(recipe);
                };
        boolean standard = recipe.set() == MaskData.Set.DAVIS && recipe.heldOut().isEmpty();
        try {
            return MaskSplit.of(videos, standard ? MaskSplit.DAVIS_HELD_OUT : recipe.heldOut());
        } catch (IllegalArgumentException e) {
            RecipeException mistake = new RecipeException("'data.heldOut': " + e.getMessage());
            mistake.initCause(e);
            throw mistake;
        }
    }

    private static List<MaskedVideo> own(MaskData recipe) throws IOException {
        Path frames = Path.of(recipe.frames());
        Path masks = Path.of(recipe.masks());
        if (recipe.masks().isEmpty() || !Files.isDirectory(frames) || !Files.isDirectory(masks)) {
            throw new RecipeException(
                    ("'data.frames' and 'data.masks' are two folders, each with a folder for each"
                                    + " video; there is no '%s' or no '%s'")
                            .formatted(recipe.frames(), recipe.masks()));
        }
        List<MaskedVideo> videos = new ArrayList<>();
        try (Stream<Path> folders = Files.list(frames)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                String name = String.valueOf(folder.getFileName());
                videos.add(MaskedVideo.of(name, folder, masks.resolve(name)));
            }
        }
        if (videos.isEmpty()) {
            throw new RecipeException(
                    "'data.frames': " + frames + " has no folders: there is one for each video");
        }
        return videos;
    }
}
