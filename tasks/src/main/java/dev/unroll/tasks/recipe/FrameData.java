package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.data.sets.DataSets;
import dev.unroll.data.sets.GesturePhases;
import dev.unroll.data.sets.LabelledVideoSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Videos with a label for each frame: a published set, or a table of your own, a row a frame.
 *
 * @param set name of a {@link LabelledVideoSet}, or {@code own}
 * @param person of a published set: who is held out for the test; the others are for training. The
 *     last of the set's {@linkplain LabelledVideoSet#groups groups} if left out
 * @param files your own videos; in a recipe their keys stand beside {@code set}
 * @param validation share of each video's frames, its last, that is kept for validation
 * @param test share of each video's frames, its last, that is kept for the test, where none is held
 *     out
 * @param features what a network sees of a frame
 * @param standard what makes features alike in size
 * @param window frames that are read together, in training and in use
 */
public record FrameData(
        String set,
        String person,
        @JsonUnwrapped Files files,
        double validation,
        double test,
        Features features,
        Standard standard,
        int window)
        implements RecipeData {

    /**
     * Videos of your own.
     *
     * @param file a table (CSV, TSV or JSON lines, by its ending); with a folder of images, their
     *     labels
     * @param columns of a table: the numbers of a frame
     * @param folder of images, instead of numbers: the frames of one video, or a folder of them for
     *     each video, in which its labels lie
     * @param side images are looked at in grey, scaled to so many pixels a side
     * @param frame of a table with the labels of images: the column of an image's file name
     * @param label of a table: the column of the label
     * @param video of a table: the column that names the video a row belongs to; all rows are one
     *     video if left out
     * @param heldOut the videos of a table for the test; the last part of each if left out
     */
    public record Files(
            String file,
            List<String> columns,
            String folder,
            int side,
            String frame,
            String label,
            String video,
            List<String> heldOut) {

        @JsonCreator
        public Files(
                @Nullable String file,
                @Nullable List<String> columns,
                @Nullable String folder,
                @Nullable Integer side,
                @Nullable String frame,
                @Nullable String label,
                @Nullable String video,
                @Nullable List<String> heldOut) {
            this(
                    Checks.or(file, ""),
                    List.copyOf(Checks.or(columns, List.of())),
                    Checks.or(folder, ""),
                    Checks.atLeast("data.side", 1, (int) Checks.or(side, 16)),
                    Checks.or(frame, "frame"),
                    Checks.or(label, "label"),
                    Checks.or(video, ""),
                    List.copyOf(Checks.or(heldOut, List.of())));
        }
    }

    /** Kinds of features of a frame. */
    public enum Features {
        /** The numbers as they are. */
        AS_GIVEN,
        /** The numbers, and how they change around the frame. */
        WITH_MOTION,
        /**
         * Hands, wrists and head from the spine, in lengths of the upper body, and how hands and
         * wrists move: for the 18 columns of the gesture phases.
         */
        JOINTS
    }

    /** The data over which features are standardized. */
    public enum Standard {
        /** Mean and deviation over all frames of the training set. */
        TRAINING,
        /** Mean and deviation over the video itself, so that people and cameras may differ. */
        VIDEO
    }

    @JsonCreator
    public FrameData(
            @Nullable String set,
            @Nullable String person,
            @JsonUnwrapped Files files,
            @Nullable Double validation,
            @Nullable Double test,
            @Nullable Features features,
            @Nullable Standard standard,
            @Nullable Integer window) {
        this(
                Checks.set(LabelledVideoSet.class, set, files.file()),
                Checks.or(person, ""),
                files,
                Checks.share("data.validation", Checks.or(validation, 0.15)),
                Checks.share("data.test", Checks.or(test, 0.2)),
                Checks.or(features, features(set)),
                Checks.or(standard, Standard.TRAINING),
                Checks.atLeast("data.window", 2, (int) Checks.or(window, 128)));
        if (own() && files.columns().isEmpty() == files.folder().isEmpty()) {
            throw new RecipeException(
                    "of your own videos name either the columns of a table with a frame's numbers"
                            + " ('data.columns') or a folder of images ('data.folder')");
        }
    }

    /** Joints are read as a skeleton, unless the recipe says otherwise. */
    private static Features features(@Nullable String set) {
        return set != null
                        && !set.equals(DataSets.OWN)
                        && DataSets.named(LabelledVideoSet.class, set)
                                .columns()
                                .equals(GesturePhases.JOINTS)
                ? Features.JOINTS
                : Features.WITH_MOTION;
    }
}
