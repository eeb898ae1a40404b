/** One to many: a picture seen, a sentence written. */
@NullMarked
package dev.unroll.tasks.captioning;

import org.jspecify.annotations.NullMarked;
