/** From a recipe's words to networks. */
@NullMarked
package dev.unroll.tasks.model;

import org.jspecify.annotations.NullMarked;
