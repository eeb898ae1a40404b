/** What to train on, with what, and how: a YAML file, checked before anything runs. */
@NullMarked
package dev.unroll.tasks.recipe;

import org.jspecify.annotations.NullMarked;
