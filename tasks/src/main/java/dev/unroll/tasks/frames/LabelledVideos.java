package dev.unroll.tasks.frames;

import dev.unroll.data.Corpus;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.sets.LabelledVideoSet;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The videos with a label for each frame that a recipe names. */
public final class LabelledVideos {
    private LabelledVideos() {}

    /**
     * The data of a recipe.
     *
     * @param files finds or fetches the files of published sets
     * @throws IOException if a file cannot be had, or is malformed
     */
    public static Corpus<LabelledVideo> of(FrameData recipe, DataFiles files) throws IOException {
        return recipe.own() ? OwnFrames.read(recipe) : published(recipe, files);
    }

    /** One person is for the test, the others are for training and validation. */
    private static Corpus<LabelledVideo> published(FrameData recipe, DataFiles files)
            throws IOException {
        LabelledVideoSet set = recipe.published(LabelledVideoSet.class);
        String person = recipe.person().isEmpty() ? set.groups().getLast() : recipe.person();
        if (!set.groups().contains(person)) {
            throw new RecipeException(
                    "'data.person' is one of %s in %s, not '%s'"
                            .formatted(set.groups(), set.name(), person));
        }
        List<LabelledVideo> learnt = new ArrayList<>();
        List<LabelledVideo> test = new ArrayList<>();
        for (LabelledVideoSet.Recording video : set.recordings(files)) {
            (video.group().equals(person) ? test : learnt)
                    .add(
                            new LabelledVideo(
                                    new FrameRows(video.name(), video.rows()), video.labels()));
        }
        String name = set.name() + " without " + person;
        return split(name, set.labels(), learnt, test, recipe.validation(), List.of());
    }

    /**
     * Your own videos.
     *
     * @param videos of which those that the recipe holds out, or else the last frames of each, are
     *     the test
     * @throws RecipeException if the recipe holds out what is not there, or nothing is left
     */
    public static Corpus<LabelledVideo> of(
            String name, List<LabelledVideo> videos, FrameData recipe, List<String> remarks) {
        List<String> classes =
                videos.stream().flatMap(v -> v.labels().stream()).distinct().sorted().toList();
        List<String> names = videos.stream().map(v -> v.frames().name()).toList();
        for (String held : recipe.files().heldOut()) {
            if (!names.contains(held)) {
                throw new RecipeException(
                        "'data.heldOut': there is no video '%s'; there are %s"
                                .formatted(held, names));
            }
        }
        List<LabelledVideo> learnt = new ArrayList<>();
        List<LabelledVideo> test = new ArrayList<>();
        for (LabelledVideo video : videos) {
            if (!recipe.files().heldOut().isEmpty()) {
                (recipe.files().heldOut().contains(video.frames().name()) ? test : learnt)
                        .add(video);
            } else {
                int cut = cut(video, recipe.test());
                addPart(learnt, video, 0, cut);
                addPart(test, video, cut, video.size());
            }
        }
        return split(name, classes, learnt, test, recipe.validation(), remarks);
    }

    private static Corpus<LabelledVideo> split(
            String name,
            List<String> classes,
            List<LabelledVideo> learnt,
            List<LabelledVideo> test,
            double share,
            List<String> remarks) {
        List<LabelledVideo> training = new ArrayList<>();
        List<LabelledVideo> validation = new ArrayList<>();
        for (LabelledVideo video : learnt) {
            int cut = cut(video, share);
            addPart(training, video, 0, cut);
            addPart(validation, video, cut, video.size());
        }
        if (classes.size() < 2 || training.isEmpty() || validation.isEmpty()) {
            throw new RecipeException(
                    ("%s: %d videos for training, %d for validation, classes %s: at least two"
                                    + " classes, and frames both for training and for validation"
                                    + " ('data.validation')")
                            .formatted(name, training.size(), validation.size(), classes));
        }
        return new Corpus<>(name, training, validation, test)
                .labelled(classes)
                .remarking(remarks)
                .remarkingUntaught(LabelledVideo::labels);
    }

    private static int cut(LabelledVideo video, double share) {
        return (int) Math.round(video.size() * (1 - share));
    }

    private static void addPart(List<LabelledVideo> parts, LabelledVideo video, int from, int to) {
        if (to > from) {
            parts.add(video.part(from, to));
        }
    }
}
