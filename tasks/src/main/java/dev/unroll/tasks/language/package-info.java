/**
 * Language models: the next token of a text (what comes next).
 *
 * <p>A model is measured by its loss per token on a validation text, and continues a prompt by
 * sampling or greedily.
 */
@NullMarked
package dev.unroll.tasks.language;

import org.jspecify.annotations.NullMarked;
