/**
 * Masks: the object's mask in each frame of a video whose first mask is given (many to many,
 * aligned).
 *
 * <p>The network sees a frame, the frame before it and the mask it predicted there, and keeps a
 * temporal memory: a convolutional LSTM or GRU, attention over earlier frames, or none.
 */
@NullMarked
package dev.unroll.tasks.masks;

import org.jspecify.annotations.NullMarked;
