/**
 * Training recurrent language models, beside PyTorch and DJL.
 *
 * <p>Both sides begin with the same weights and train on the same tokens.
 */
@NullMarked
package dev.unroll.bench.recurrent;

import org.jspecify.annotations.NullMarked;
