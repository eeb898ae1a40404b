/** A program that asks predictors on threads of many kinds. */
@NullMarked
package dev.unroll.hosts;

import org.jspecify.annotations.NullMarked;
