/** What an experiment is, and what it finds: charts, tables, numbers and effects. */
@NullMarked
package dev.unroll.lab;

import org.jspecify.annotations.NullMarked;
