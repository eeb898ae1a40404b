package dev.unroll.data.sets;

import dev.unroll.data.Nearest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The data sets there are: the built-in ones, and those that a {@link ServiceLoader} finds. */
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
        Map<Class<?>, DataSet> sets = new LinkedHashMap<>();
        BUILT_IN.forEach(set -> sets.put(set.getClass(), set));
        // The thread's class loader may know sets that the one of Unroll does not, and vice versa.
        ServiceLoader.load(DataSet.class).forEach(set -> sets.putIfAbsent(set.getClass(), set));
        ServiceLoader.load(DataSet.class, DataSets.class.getClassLoader())
                .forEach(set -> sets.putIfAbsent(set.getClass(), set));
        Map<String, DataSet> names = new HashMap<>();
        for (DataSet set : sets.values()) {
            DataSet other = names.put(set.name(), set);
            if (other != null || set.name().equals(OWN)) {
                throw new IllegalStateException(
                        "the data set %s cannot be called '%s': %s; give it another name"
                                .formatted(
                                        set.getClass().getName(),
                                        set.name(),
                                        other == null
                                                ? "recipes mean the user's own data by it"
                                                : other.getClass().getName() + " has this name"));
            }
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
