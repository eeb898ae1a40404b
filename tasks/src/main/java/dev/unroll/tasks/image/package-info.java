/** Pictures and masks: plain numbers and their files, no tensors. */
@NullMarked
package dev.unroll.tasks.image;

import org.jspecify.annotations.NullMarked;
