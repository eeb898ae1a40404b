/** Which keys a query may attend to: values that are composed by {@code and} and {@code or}. */
@NullMarked
package dev.unroll.mask;

import org.jspecify.annotations.NullMarked;
