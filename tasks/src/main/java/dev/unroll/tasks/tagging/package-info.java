/**
 * Tagging: a tag for each word of a sentence (many to many, aligned).
 *
 * <p>The network reads each word by its neighbours and by its spelling. A running text is first
 * split into sentences and words as in English.
 */
@NullMarked
package dev.unroll.tasks.tagging;

import org.jspecify.annotations.NullMarked;
