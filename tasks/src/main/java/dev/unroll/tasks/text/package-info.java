/** Tokenizers as files that other tools read too. */
@NullMarked
package dev.unroll.tasks.text;

import org.jspecify.annotations.NullMarked;
