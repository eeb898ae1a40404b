/** Search over what comes next; knows no network. */
@NullMarked
package dev.unroll.decode;

import org.jspecify.annotations.NullMarked;
