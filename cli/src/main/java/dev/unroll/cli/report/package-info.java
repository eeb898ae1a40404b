/** A page about one run, or about several side by side: what {@code unroll report} writes. */
@NullMarked
package dev.unroll.cli.report;

import org.jspecify.annotations.NullMarked;
