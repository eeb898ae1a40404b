/**
 * Convolutions and the other layers of image networks, beside PyTorch.
 *
 * <p>Single layers are timed forward and with derivatives; clips are whole training steps of a
 * network for masks of videos.
 */
@NullMarked
package dev.unroll.bench.conv;

import org.jspecify.annotations.NullMarked;
