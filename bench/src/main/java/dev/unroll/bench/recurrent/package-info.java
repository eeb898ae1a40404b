/** Training recurrent language models. */
@NullMarked
package dev.unroll.bench.recurrent;

import org.jspecify.annotations.NullMarked;
