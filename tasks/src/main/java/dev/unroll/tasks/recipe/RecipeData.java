package dev.unroll.tasks.recipe;

import dev.unroll.data.sets.DataSet;
import dev.unroll.data.sets.DataSets;

/** The part of a recipe that names its data: a data set, or data of the user's own. */
public interface RecipeData {

    /** {@return the name of a data set, or {@value DataSets#OWN}} */
    String set();

    /** {@return whether the data is the user's own} */
    default boolean own() {
        return set().equals(DataSets.OWN);
    }

    /** {@return the data set that is named, where the data is not the user's own} */
    default <S extends DataSet> S published(Class<S> kind) {
        return DataSets.named(kind, set());
    }
}
