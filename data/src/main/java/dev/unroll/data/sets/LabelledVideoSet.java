package dev.unroll.data.sets;

import dev.unroll.data.fetch.DataFiles;
import java.io.IOException;
import java.util.List;

/**
 * A data set of recordings with numbers and a label for each frame, of several people or places, of
 * which one is held out for the test.
 */
public interface LabelledVideoSet extends DataSet {

    /**
     * A recording.
     *
     * @param name of the recording
     * @param group the person or place it shows
     * @param rows [frames, columns]
     * @param labels one a frame
     */
    record Recording(String name, String group, float[][] rows, List<String> labels) {
        public Recording {
            labels = List.copyOf(labels);
            if (rows.length != labels.size()) {
                throw new IllegalArgumentException(
                        "recording %s: %d frames with %d labels; give a label for each"
                                .formatted(name, rows.length, labels.size()));
            }
        }
    }

    /** {@return the labels there are, in the order in which models number them} */
    List<String> labels();

    /** {@return the names of the columns, which a table of new frames has, too} */
    List<String> columns();

    /** {@return the names of the people or places, the one that is held out by default last} */
    List<String> groups();

    /**
     * Loads all recordings.
     *
     * @param files finds or fetches the set's files
     * @throws IOException if a file cannot be had, or is malformed
     */
    List<Recording> recordings(DataFiles files) throws IOException;
}
