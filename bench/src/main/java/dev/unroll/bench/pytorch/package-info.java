/**
 * PyTorch as the other side, called through its C++ library.
 *
 * <p>There is no Python process, whose overhead would count in Unroll's favour.
 */
@NullMarked
package dev.unroll.bench.pytorch;

import org.jspecify.annotations.NullMarked;
