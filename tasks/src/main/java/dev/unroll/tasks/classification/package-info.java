/** Many to one: a class for each text. */
@NullMarked
package dev.unroll.tasks.classification;

import org.jspecify.annotations.NullMarked;
