/** Hours of training and predicting in one process. */
@NullMarked
package dev.unroll.faults.soak;

import org.jspecify.annotations.NullMarked;
