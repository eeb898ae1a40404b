package dev.unroll.data.sets;

import dev.unroll.data.Nearest;
import dev.unroll.services.Services;
import java.util.List;
import java.util.Map;

/** The data sets there are: the built-in ones, and those that {@link Services} finds. */
public final class DataSets {

    /** The name that recipes give to data of the user's own; no data set is called so. */
    public static final String OWN = "own";

    private static final List<DataSet> BUILT_IN =
            List.of(
                    new Multi30k(),
                    new Tatoeba(),
                    new WrittenDates(),
                    new Imdb(),
                    new MovieReviews(),
                    new ListOps(),
                    new TinyShakespeare(),
                    new UdEnglishEwt(),
                    new GesturePhases(),
                    new Davis(),
                    new EmojiImages(),
                    new IconFont());

    private DataSets() {}

    /**
     * {@return every set, the built-in ones first}
     *
     * @throws IllegalStateException if two of them have one name, or one is called {@link #OWN}
     */
    public static List<DataSet> all() {
        Map<String, DataSet> sets = Services.byName(DataSet.class, DataSet::name, BUILT_IN);
        DataSet own = sets.get(OWN);
        if (own != null) {
            throw new IllegalStateException(
                    ("the data set %s cannot be called '%s': recipes mean the user's own data by"
                                    + " it; give it another name")
                            .formatted(own.getClass().getName(), OWN));
        }
        return List.copyOf(sets.values());
    }

    /** {@return the sets with one kind of example} */
    public static <S extends DataSet> List<S> of(Class<S> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** {@return the sets that have files to be fetched} */
    public static List<DataSet> published() {
        return all().stream().filter(set -> !set.about().files().isEmpty()).toList();
    }

    /**
     * {@return the set with this name and this kind of example}
     *
     * @throws IllegalArgumentException if there is none; the message names the nearest and all
     *     there are
     */
    public static <S extends DataSet> S named(Class<S> kind, String name) {
        List<S> sets = of(kind);
        return sets.stream()
                .filter(set -> set.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(name, sets)));
    }

    private static String unknown(String name, List<? extends DataSet> sets) {
        List<String> names = sets.stream().map(DataSet::name).toList();
        String reason =
                all().stream().anyMatch(set -> set.name().equals(name))
                        ? "the data set '%s' has another kind of example"
                        : "there is no data set '%s'";
        return (reason + "; did you mean '%s'? There are: %s")
                .formatted(name, Nearest.to(name, names), String.join(", ", names));
    }
}
