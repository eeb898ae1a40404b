/** A tag for each word: training, measuring and using a tagger. */
@NullMarked
package dev.unroll.tasks.tagging;

import org.jspecify.annotations.NullMarked;
