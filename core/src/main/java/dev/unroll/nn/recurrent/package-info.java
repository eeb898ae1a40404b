/**
 * Recurrent cells (Elman, LSTM, GRU, minGRU, minLSTM, and cells of one's own) and stacks of them. A
 * cell's {@code step} is its formula.
 */
@NullMarked
package dev.unroll.nn.recurrent;

import org.jspecify.annotations.NullMarked;
