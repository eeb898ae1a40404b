/** Full disks, folders that cannot be written, damaged files, two writers. */
@NullMarked
package dev.unroll.faults.disk;

import org.jspecify.annotations.NullMarked;
