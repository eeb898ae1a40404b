/** Trainings that are killed, go on, and must end with the bits of an unbroken one. */
@NullMarked
package dev.unroll.faults.kills;

import org.jspecify.annotations.NullMarked;
