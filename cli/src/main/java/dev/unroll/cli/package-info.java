/** The unroll command: one class for each sub-command. */
@NullMarked
package dev.unroll.cli;

import org.jspecify.annotations.NullMarked;
