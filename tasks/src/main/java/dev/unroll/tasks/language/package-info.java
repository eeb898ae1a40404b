/** What comes next: language models. */
@NullMarked
package dev.unroll.tasks.language;

import org.jspecify.annotations.NullMarked;
