/**
 * The published data sets by name. A {@link dev.unroll.data.sets.DataSet} says where its files come
 * from and reads them as examples; {@link dev.unroll.data.sets.DataSets} lists those there are.
 */
@NullMarked
package dev.unroll.data.sets;

import org.jspecify.annotations.NullMarked;
