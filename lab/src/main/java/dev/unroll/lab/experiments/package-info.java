/** The experiments, one a class, each short enough to be read on the page that shows its result. */
@NullMarked
package dev.unroll.lab.experiments;

import org.jspecify.annotations.NullMarked;
