/**
 * Data sets: where each comes from, how it is fetched and checked, and how it is read.
 *
 * <p>Published sets have a name; tables and folders of one's own are named in a recipe. A row that
 * cannot be read is named by file and line, and counted.
 */
@NullMarked
package dev.unroll.tasks.data;

import org.jspecify.annotations.NullMarked;
