package dev.unroll.data.sets;

import dev.unroll.data.fetch.DataFiles;
import dev.unroll.formats.image.Image;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A data set of drawings with a caption each. */
public interface DrawingSet extends DataSet {

    /**
     * The part of a set that a recipe asks for. A set ignores the options that do not concern it.
     *
     * @param language of the captions, such as {@code en}
     * @param skinTones whether variants that differ in the colour of the skin are wanted
     * @param size width and height in pixels, of a set that draws its images in any size
     */
    record Request(String language, boolean skinTones, int size) {}

    /**
     * A drawing and what it shows.
     *
     * @param name of the drawing in its set
     * @param family equal for drawings that are variants of each other, which are never split
     *     between training and test
     * @param caption of the drawing
     * @param image the drawing, for training
     * @param other the same thing drawn by another artist, for the test; null if there is none
     */
    record Drawing(
            String name, String family, String caption, Image image, @Nullable Image other) {}

    /**
     * Loads all drawings, in an order that is always the same. Either all of them have a second
     * drawing, or none has.
     *
     * @param files finds or fetches the set's files
     * @throws IOException if a file cannot be had or is malformed, or the language is not there
     */
    List<Drawing> load(DataFiles files, Request request) throws IOException;
}
