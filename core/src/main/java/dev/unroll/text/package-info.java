/** Tokenizers and vocabularies: text in, numbers out. */
@NullMarked
package dev.unroll.text;

import org.jspecify.annotations.NullMarked;
