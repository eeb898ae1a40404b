package dev.unroll.data.sets;

import dev.unroll.data.Pair;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;

/** The pairs of {@link Dates} as a data set that is made on the spot and needs no file. */
public record WrittenDates() implements PairSet {

    /** The most pairs for validation. */
    private static final int VALIDATION = 500;

    @Override
    public About about() {
        return About.of(
                "dates",
                "dates as people write them in 38 locales, and their ISO 8601 form; made, not"
                        + " fetched",
                "https://cldr.unicode.org/",
                "Unicode License v3 (the formats of dates)",
                "Unicode Common Locale Data Repository");
    }

    @Override
    public Splits<Pair> load(DataFiles files, Request request) {
        int validation = Math.min(VALIDATION, request.heldOut());
        Dates dates =
                Dates.generate(request.seed(), request.examples(), request.heldOut() + validation);
        return new Splits<>(
                dates.training(),
                dates.heldOut().subList(0, validation),
                dates.heldOut().subList(validation, dates.heldOut().size()));
    }

    @Override
    public String title(Request request) {
        return "dates in " + Dates.LOCALES.size() + " locales";
    }
}
