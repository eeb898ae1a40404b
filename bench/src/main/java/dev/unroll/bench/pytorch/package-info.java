/** PyTorch as the other side, through its C++ library. */
@NullMarked
package dev.unroll.bench.pytorch;

import org.jspecify.annotations.NullMarked;
