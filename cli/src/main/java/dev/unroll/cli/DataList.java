package dev.unroll.cli;

import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFolders;
import dev.unroll.data.sets.DataSet;
import dev.unroll.data.sets.DataSets;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code unroll data list}: which sets there are, and where each is now. */
@Command(name = "list", description = "Lists the data sets there are, and where each is now.")
final class DataList extends Subcommand {

    /**
     * A data set.
     *
     * @param name as in recipes and commands
     * @param what in one line
     * @param bytes to fetch, all files together
     * @param checked whether what is fetched is held against checksums; else bytes are about
     * @param licence what may be done with it
     * @param home its publisher's page
     * @param citation to whom it is owed
     * @param place where it is now
     */
    record Listed(
            String name,
            String what,
            long bytes,
            boolean checked,
            String licence,
            String home,
            String citation,
            DataFolders.Place place) {}

    /** All of them. */
    record Listing(List<Listed> sets) {}

    @Override
    public Integer call() {
        DataFolders folders = DataFolders.standard();
        Listing listing =
                new Listing(
                        DataSets.published().stream().map(set -> listed(set, folders)).toList());
        answer.give(
                listing,
                listing.sets().stream()
                        .map(set -> text(set, folders))
                        .collect(Collectors.joining(System.lineSeparator())));
        return 0;
    }

    private static Listed listed(DataSet set, DataFolders folders) {
        About about = set.about();
        return new Listed(
                about.name(),
                about.what(),
                about.size(),
                about.files().stream().allMatch(file -> file.sha256() != null),
                about.licence(),
                about.home().toString(),
                about.citation(),
                folders.place(about));
    }

    private static String text(Listed set, DataFolders folders) {
        String place =
                switch (set.place()) {
                    case GIVEN -> "in " + folders.given() + " (" + DataFolders.VARIABLE + ")";
                    case CACHE -> "in the cache, " + folders.cache();
                    case ABSENT -> "not here; unroll data fetch " + set.name();
                };
        return """
        %s: %s
          size     %.1f MB%s
          licence  %s
          from     %s
          cite     %s
          where    %s
        """
                .formatted(
                        set.name(),
                        set.what(),
                        set.bytes() * 1e-6,
                        set.checked() ? "" : ", about; its checksum is not known here",
                        set.licence(),
                        set.home(),
                        set.citation(),
                        place);
    }
}
