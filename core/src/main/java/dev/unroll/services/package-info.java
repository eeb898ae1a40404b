/** Finds implementations that other modules bring. */
@NullMarked
package dev.unroll.services;

import org.jspecify.annotations.NullMarked;
