/**
 * Parts that several experiments share: made-up tasks, small networks, and a short training loop.
 */
@NullMarked
package dev.unroll.lab.kit;

import org.jspecify.annotations.NullMarked;
