/** Video files, decoded by JCodec. */
@NullMarked
package dev.unroll.video;

import org.jspecify.annotations.NullMarked;
