package dev.unroll.data.sets;

import dev.unroll.data.fetch.About;

/**
 * A data set with a name, which recipes give as {@code data.set} and {@code unroll data fetch} as
 * its argument.
 *
 * <p>A set implements the interface of its kind of example, such as {@link LabelledTextSet}, which
 * says how the examples are loaded. Built-in sets stand in {@link DataSets}; any other is found
 * when its module {@code provides dev.unroll.data.sets.DataSet}, or its jar names the class in
 * {@code META-INF/services/dev.unroll.data.sets.DataSet}. Such a class is public and has a public
 * constructor without parameters. A set holds no state, so that one instance serves many threads.
 */
public interface DataSet {

    /** {@return the set's name, publisher, licence and files} */
    About about();

    /** {@return the set's name} */
    default String name() {
        return about().name();
    }
}
