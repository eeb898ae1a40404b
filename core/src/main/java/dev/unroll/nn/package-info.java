/**
 * Models as records: their parameters by name, the seed of their first weights, and the mode in
 * which they run. The layers and networks themselves are in the packages below this one.
 */
@NullMarked
package dev.unroll.nn;

import org.jspecify.annotations.NullMarked;
