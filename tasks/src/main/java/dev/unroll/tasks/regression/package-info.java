/** Regression: a number for each text (many to one), such as a price or a rating. */
@NullMarked
package dev.unroll.tasks.regression;

import org.jspecify.annotations.NullMarked;
