/**
 * Data of one's own: CSV, TSV, JSON lines, CoNLL-U and folders of images. A row that cannot be read
 * is named by file and line.
 */
@NullMarked
package dev.unroll.data.table;

import org.jspecify.annotations.NullMarked;
