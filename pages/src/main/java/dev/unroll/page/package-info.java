/**
 * Pages of text, charts, tables and code as values, written as one self-contained HTML file that
 * asks no other host for anything, or as Markdown with a file for each chart.
 */
@NullMarked
package dev.unroll.page;

import org.jspecify.annotations.NullMarked;
