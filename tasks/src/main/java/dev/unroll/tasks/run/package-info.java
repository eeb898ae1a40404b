/** A run is a folder: plain files, written whole or not at all. */
@NullMarked
package dev.unroll.tasks.run;

import org.jspecify.annotations.NullMarked;
