package dev.unroll.tasks.frames;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.data.sets.DataSets;
import dev.unroll.data.sets.GesturePhases;
import dev.unroll.data.sets.LabelledVideoSet;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.Location;
import dev.unroll.tasks.recipe.RecipeData;
import dev.unroll.tasks.recipe.RecipeException;
import java.util.List;

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
        @Default("''") String person,
        @JsonUnwrapped Files files,
        @Default("0.15") double validation,
        @Default("0.2") double test,
        Features features,
        @Default("training") Standard standard,
        @Default("128") int window)
        implements RecipeData {
    public FrameData {
        set = Checks.set(LabelledVideoSet.class, set, files.file());
        features = Checks.or(features, features(set));
        Checks.share("data.validation", validation);
        Checks.share("data.test", test);
        Checks.atLeast("data.window", 2, window);
        if (set.equals(DataSets.OWN) && files.columns().isEmpty() == files.folder().isEmpty()) {
            throw new RecipeException(
                    "of your own videos name either the columns of a table with a frame's numbers"
                            + " ('data.columns') or a folder of images ('data.folder')");
        }
    }

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
            @Location @Default("''") String file,
            @Default("[]") List<String> columns,
            @Location @Default("''") String folder,
            @Default("16") int side,
            @Default("frame") String frame,
            @Default("label") String label,
            @Default("''") String video,
            @Default("[]") List<String> heldOut) {
        public Files {
            columns = List.copyOf(columns);
            Checks.atLeast("data.side", 1, side);
            heldOut = List.copyOf(heldOut);
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

    /** Joints are read as a skeleton, unless the recipe says otherwise. */
    private static Features features(String set) {
        return !set.equals(DataSets.OWN)
                        && DataSets.named(LabelledVideoSet.class, set)
                                .columns()
                                .equals(GesturePhases.JOINTS)
                ? Features.JOINTS
                : Features.WITH_MOTION;
    }
}
