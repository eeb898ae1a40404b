/** Small trainings of every task, with data made on the spot. */
@NullMarked
package dev.unroll.faults.sample;

import org.jspecify.annotations.NullMarked;
