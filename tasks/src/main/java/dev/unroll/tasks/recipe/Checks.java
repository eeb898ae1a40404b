package dev.unroll.tasks.recipe;

import dev.unroll.data.sets.DataSet;
import dev.unroll.data.sets.DataSets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of a recipe's values; each refusal is a {@link RecipeException} that names the key. */
public final class Checks {
    /** More layers than anybody trains; a slip of the keyboard asks for millions. */
    private static final int MOST_LAYERS = 1_000;

    private Checks() {}

    /** {@return the value of a key that may not be left out} */
    public static <T> T given(@Nullable T value, String key) {
        if (value == null) {
            throw new RecipeException("'" + key + "' is missing");
        }
        return value;
    }

    /**
     * The name of a data set.
     *
     * @param kind of the set's examples
     * @param set as the recipe says; the user's own data if left out where {@code own} is given
     * @param own the file or folder of the user's own data; empty if there is none
     */
    public static String set(Class<? extends DataSet> kind, @Nullable String set, String own) {
        String name = given(set == null && !own.isEmpty() ? DataSets.OWN : set, "data.set");
        if (!name.equals(DataSets.OWN)) {
            try {
                DataSets.named(kind, name);
            } catch (IllegalArgumentException e) {
                throw new RecipeException(
                        "'data.set': %s, and '%s' for data of your own"
                                .formatted(e.getMessage(), DataSets.OWN));
            }
        }
        return name;
    }

    /** {@return the value of a key, refused if it is not among those that are allowed} */
    public static String oneOf(String key, List<String> allowed, @Nullable String value) {
        if (value == null) {
            throw new RecipeException(
                    "'%s' is missing; it is %s".formatted(key, Mistakes.listed(allowed, "or")));
        }
        if (!allowed.contains(value)) {
            throw new RecipeException(
                    "'%s' is %s, not '%s'".formatted(key, Mistakes.listed(allowed, "or"), value));
        }
        return value;
    }

    /** {@return a value, or another one where it is left out} */
    public static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /** {@return a whole number, refused below the least} */
    public static int atLeast(String key, int least, int value) {
        if (value < least) {
            throw new RecipeException("'%s' is at least %d, not %d".formatted(key, least, value));
        }
        return value;
    }

    /** {@return a number of layers, refused unless it is from 1 to 1,000} */
    public static int layers(String key, int value) {
        if (value > MOST_LAYERS) {
            throw new RecipeException(
                    "'%s' is at most %,d, not %,d".formatted(key, MOST_LAYERS, value));
        }
        return atLeast(key, 1, value);
    }

    /** {@return a number, refused unless it is above 0} */
    public static double positive(String key, double value) {
        if (!(value > 0)) {
            throw new RecipeException("'%s' is above 0, not %s".formatted(key, value));
        }
        return value;
    }

    /** {@return a number, refused outside [0, 1)} */
    public static double share(String key, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new RecipeException("'%s' is in [0, 1), not %s".formatted(key, value));
        }
        return value;
    }
}
