package dev.unroll.data.sets;

import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.table.MaskedVideo;
import java.io.IOException;
import java.util.List;

/** A data set of videos with a mask of one object for each frame. */
public interface MaskedVideoSet extends DataSet {

    /**
     * Lists the videos; opens no image.
     *
     * @param files finds or fetches the set's files
     * @throws IOException if a file cannot be had, or a frame has no mask
     */
    List<MaskedVideo> load(DataFiles files) throws IOException;

    /** {@return the names of the videos that are for the test, unless a recipe names others} */
    List<String> heldOut();
}
