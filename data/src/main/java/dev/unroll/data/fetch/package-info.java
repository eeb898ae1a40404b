/**
 * Files of published data sets: found in a local folder or downloaded, resumed where a download
 * broke off, checked by their checksums, and unpacked.
 */
@NullMarked
package dev.unroll.data.fetch;

import org.jspecify.annotations.NullMarked;
