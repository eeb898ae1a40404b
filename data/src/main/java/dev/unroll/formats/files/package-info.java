/** Files that are written whole or not at all. */
@NullMarked
package dev.unroll.formats.files;

import org.jspecify.annotations.NullMarked;
