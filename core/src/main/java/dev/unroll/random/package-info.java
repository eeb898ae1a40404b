/**
 * Random numbers by address: each is a pure function of a key and a place, the same on any number
 * of threads.
 */
@NullMarked
package dev.unroll.random;

import org.jspecify.annotations.NullMarked;
