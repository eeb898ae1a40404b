/**
 * What a task's model needs at its two ends: networks and tokenizers as a recipe describes them,
 * the names of classes, and the likeliest of what comes out.
 */
@NullMarked
package dev.unroll.tasks.model;

import org.jspecify.annotations.NullMarked;
