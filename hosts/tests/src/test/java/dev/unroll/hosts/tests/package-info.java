/** Tests that start programs of many kinds. */
@NullMarked
package dev.unroll.hosts.tests;

import org.jspecify.annotations.NullMarked;
